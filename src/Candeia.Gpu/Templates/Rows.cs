using System.Text;

namespace Candeia.Gpu;

/// <summary>
/// A group of threads, or one thread where rows are many and short, for each row: the elements that differ in the inner dimensions alone. The body is written
/// once for both. In it <c>row</c> is the row's number, <c>n</c> how many elements it has, and <c>EACH(k)</c> the loop over those that this thread takes; operand
/// A is read by <c>A(k)</c> and written by <c>SET_A(k, v)</c>, or lies as it is at <c>BASE_A[INNER_A(k)]</c>; <c>ONCE</c> stands before what one thread of the row does; <c>TOTAL(s, e)</c> makes s what comes of the
/// s of all threads, two of which, s and v, become e.
/// </summary>
internal static class Rows
{
    const int Wide = 128, Narrow = 64;

    /// <summary>An operand and its name; its layout has the shape of the whole, with strides of 0 where it does not move.</summary>
    public readonly record struct Part(string Name, Operand Operand, bool IsOutput = false);

    /// <summary>Runs a body on all rows.</summary>
    /// <param name="device">Where.</param>
    /// <param name="name">What tells this body from others.</param>
    /// <param name="body">The statements, in which @ is the name of the type.</param>
    /// <param name="type">The type that is computed with: T.</param>
    /// <param name="parts">The operands: all layouts have one shape.</param>
    /// <param name="isInner">Which dimensions are within a row.</param>
    /// <param name="numbers">Numbers of the type: k0, k1 ….</param>
    /// <param name="whole">Whole numbers of 64 bits: w0, w1 ….</param>
    /// <param name="isSerial">Whether one thread goes along a row, in order.</param>
    /// <param name="start">Where the random numbers of the op begin: <c>key</c>, <c>stream</c> and <c>position</c>.</param>
    public static void Run(
        GpuDevice device, string name, string body, DType type, ReadOnlySpan<Part> parts, Func<int, bool> isInner, ReadOnlySpan<double> numbers = default,
        ReadOnlySpan<long> whole = default, bool isSerial = false, GeneratorState? start = null)
    {
        Part[] all = parts.ToArray();
        Layout[] layouts = Array.ConvertAll(all, p => p.Operand.Layout);
        Loops outer = Loops.Over(layouts, d => !isInner(d)), inner = Loops.Over(layouts, isInner);
        if (outer.Steps == 0) return;
        bool isWide = !isSerial && inner.Steps >= 32 && (outer.Steps < 4096 || inner.Steps >= 1024);
        bool isLarge = Indices.AreLarge(outer.Reach + inner.Reach, all[0].Operand, Array.ConvertAll(all, p => p.Operand));
        var key = new StringBuilder($"rows|{name}|{type}|{outer.Rank}|{inner.Rank}|{isWide}|{numbers.Length}|{whole.Length}{(start is null ? "" : " start")}");
        foreach (var part in all) key.Append('|').Append(part.Operand.DType);
        int parameters = numbers.Length, wholes = whole.Length;
        var kernel = device.Kernels.Get(key.ToString(), isLarge, () => Text(body, type, all, outer, inner, isWide, parameters, wholes, start is not null));
        var launch = new Launch(device, isLarge).Index(outer.Steps).Index(inner.Steps);
        foreach (var part in all) launch.Operand(part.Operand);
        launch.Numbers(numbers, Types.Part(type));
        foreach (long number in whole) launch.Wide(number);
        if (start is { } from) launch.Start(from);
        outer.Add(launch);
        inner.Add(launch);
        launch.Run(kernel, isWide ? outer.Steps : (outer.Steps + Narrow - 1) / Narrow, isWide ? Wide : Narrow);
    }

    static string Text(string body, DType type, Part[] parts, Loops outer, Loops inner, bool isWide, int numbers, int wholes, bool draws)
    {
        string t = Types.Stored(type);
        var s = new StringBuilder($"typedef {t} T;\n");
        for (int i = 0; i < parts.Length; i++)
        {
            var (name, x, isOutput) = parts[i];
            string place = $"p{i}[b{i} + INNER_{name}(k)]";
            s.Append($"#define BASE_{name} (p{i} + b{i})\n#define INNER_{name}(k) ({inner.At("f", i, "(k)")})\n");
            if (Types.IsComplex(x.DType) && !Types.IsComplex(type)) continue;    // read and written as it lies
            s.Append($"#define {name}(k) {Types.Convert(place, x.DType, type)}\n");
            if (isOutput) s.Append($"#define SET_{name}(k, v) {place} = {Types.Convert(Types.Cast("v", type), type, x.DType)}\n");
        }
        s.Append(isWide
            ? $$"""
              #define EACH(k) for (N k = THREAD; k < n; k += {{Wide}})
              #define ONCE if (THREAD == 0)
              #define TOTAL(s, e) part[THREAD] = s; BARRIER; \
                for (i32 h = {{Wide / 2}}; h > 0; h >>= 1) { if (THREAD < h) { T v = part[THREAD + h]; s = part[THREAD]; part[THREAD] = e; } BARRIER; } \
                s = part[0]; BARRIER

              """
            : "#define EACH(k) for (N k = 0; k < n; k++)\n#define ONCE\n#define TOTAL(s, e)\n");
        s.Append("KERNEL void run(N rows, N n");
        for (int i = 0; i < parts.Length; i++) s.Append($", GLOBAL {(parts[i].IsOutput ? "" : "const ")}{Types.Stored(parts[i].Operand.DType)}* p{i}, N o{i}");
        for (int i = 0; i < numbers; i++) s.Append($", {Types.Stored(Types.Part(type))} k{i}");
        for (int i = 0; i < wholes; i++) s.Append($", i64 w{i}");
        if (draws) s.Append(", u64 key, u64 stream, u64 position");
        s.Append($"{outer.Parameters("d")}{inner.Parameters("f")}) {{\n");
        if (isWide) s.Append($"  LOCAL T part[{Wide}];\n  const N row = (N)GROUP;\n");
        else s.Append("  const N row = (N)(GROUP * THREADS + THREAD);\n  if (row >= rows) return;\n");
        for (int i = 0; i < parts.Length; i++) s.Append($"  N b{i} = o{i};\n");
        s.Append($"  {outer.Walk("d", "row", k => $"b{k}")}\n");
        return s.Append(body.Replace("@", t, StringComparison.Ordinal)).Append("\n}\n").ToString();
    }
}
