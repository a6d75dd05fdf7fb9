namespace Candeia.Gpu;

/// <summary>
/// Lines of numbers in order, by Batcher's bitonic network over pairs of a number and where it stood: of equals, what stood first comes first, and not-a-number is larger than all else. A
/// line has a power of two of places; those from <c>n</c> on are empty, and come last. Steps within a block are done by one group, in its own memory.
/// </summary>
internal static class Bitonic
{
    const int Block = 1024, Threads = 256;

    const string Swap = """
        const i32 up = (at & k) == 0;
        i32 before;
        if (i >= n || h >= n) before = i < h;
        else if (LESS(u, w)) before = !down;
        else if (LESS(w, u)) before = down;
        else before = i < h;
        """;

    const string Less = "#define LESS(x, y) ((x) < (y) || ((x) == (x) && (y) != (y)))\n";

    /// <summary>Sorts values and places, lines of <paramref name="size"/> one behind the other, of whose places n are taken.</summary>
    public static void Sort(GpuDevice device, Operand values, Operand places, long lines, int size, int n, bool isDescending)
    {
        int block = Math.Min(Block, size);
        Local(device, values, places, lines, size, n, isDescending, 2, block, block);
        for (long k = 2L * block; k <= size; k *= 2)
        {
            for (long j = k / 2; j >= block; j /= 2) Global(device, values, places, lines, size, n, isDescending, (int)k, (int)j);
            Local(device, values, places, lines, size, n, isDescending, (int)k, (int)k, block);
        }
    }

    /// <summary>One step of all pairs that are far apart.</summary>
    static void Global(GpuDevice device, Operand values, Operand places, long lines, int size, int n, bool isDescending, int k, int j)
    {
        var p = new Parameters(values.DType).Output("V", values).Output("P", places).Size("size", size).Size("n", n).Size("down", isDescending ? 1 : 0).Size("k", k).Size("j", j);
        Each.Run(device, "bitonic step", $$"""
            {{Less}}
            const N pairs = size / 2, pair = e % pairs, at = pair / j * 2 * j + pair % j, one = e / pairs * size + at, other = one + j;
            const T u = V(one), w = V(other); const i32 i = p_P[one], h = p_P[other];
            {{Swap}}
            if (before != up) { SET_V(one, w); SET_V(other, u); p_P[one] = h; p_P[other] = i; }
            """, p, lines * (size / 2));
    }

    /// <summary>The steps from <paramref name="from"/> to <paramref name="to"/> within blocks.</summary>
    static void Local(GpuDevice device, Operand values, Operand places, long lines, int size, int n, bool isDescending, int from, int to, int block)
    {
        bool isLarge = lines * size > Launch.Large;
        string t = Types.Stored(values.DType);
        var kernel = device.Kernels.Get($"bitonic block|{t}", isLarge, () => $$"""
            typedef {{t}} T;
            {{Less}}
            KERNEL void run(GLOBAL T* values, GLOBAL i32* places, N size, N n, N down, N from, N to, N block) {
              LOCAL T v[{{Block}}]; LOCAL i32 p[{{Block}}];
              const i64 first = GROUP * block; const N begin = (N)(first % size);
              for (i32 q = THREAD; q < block; q += {{Threads}}) { v[q] = values[first + q]; p[q] = places[first + q]; }
              BARRIER;
              for (i64 k = from; k <= to; k *= 2)
                for (i32 j = (i32)((k < block ? k : block) / 2); j > 0; j /= 2) {
                  for (i32 q = THREAD; q < block / 2; q += {{Threads}}) {
                    const i32 one = q / j * 2 * j + q % j, other = one + j; const N at = begin + one;
                    const T u = v[one], w = v[other]; const i32 i = p[one], h = p[other];
                    {{Swap}}
                    if (before != up) { v[one] = w; v[other] = u; p[one] = h; p[other] = i; }
                  }
                  BARRIER;
                }
              for (i32 q = THREAD; q < block; q += {{Threads}}) { values[first + q] = v[q]; places[first + q] = p[q]; }
            }
            """);
        new Launch(device, isLarge).Memory(values).Memory(places).Index(size).Index(n).Index(isDescending ? 1 : 0).Index(from).Index(to).Index(block).Run(kernel, lines * size / block, Threads);
    }
}
