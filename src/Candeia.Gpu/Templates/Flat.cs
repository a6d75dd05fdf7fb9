using System.Text;

namespace Candeia.Gpu;

/// <summary>
/// The same body for every number of several tensors in one launch: what changes all parameters of a network. The operands of a tensor are dense and lie in the same order. The body reads and
/// writes them as that of <see cref="Rows"/> does an element 0.
/// </summary>
internal static class Flat
{
    const int Threads = 256, Groups = 2048, Most = 8;

    /// <summary>Whether the operands of a tensor are as they have to be.</summary>
    public static bool Takes(Rows.Part[] parts)
    {
        var first = parts[0].Operand.Layout;
        foreach (var part in parts)
            if (!part.Operand.Layout.IsDense || part.Operand.Layout.Shape != first.Shape || !part.Operand.Layout.Strides.SequenceEqual(first.Strides)) return false;
        return first.Shape.Numel is > 0 and < Launch.Large;
    }

    /// <summary>Runs the body on tensors, as many at once as are of the same types.</summary>
    public static void Run(GpuDevice device, string name, string body, IEnumerable<Rows.Part[]> tensors, double[] numbers)
    {
        foreach (var alike in tensors.GroupBy(Key))
            foreach (var chunk in alike.Chunk(Most))
                for (int at = 0, count; at < chunk.Length; at += count)      // 8, 4, 2 or 1 at once, so that there are few kernels
                {
                    count = Most;
                    while (count > chunk.Length - at) count /= 2;
                    Run(device, name, body, alike.Key, chunk[at..(at + count)], numbers);
                }
    }

    static string Key(Rows.Part[] parts) => string.Join('|', parts.Select(p => p.Operand.DType));

    static void Run(GpuDevice device, string name, string body, string types, Rows.Part[][] tensors, double[] numbers)
    {
        var type = Types.Wide(tensors[0][0].Operand.DType);
        long most = tensors.Max(t => t[0].Operand.Layout.Shape.Numel);
        bool isLarge = tensors.Any(t => Indices.AreLarge(t[0].Operand.Layout.Shape.Numel, t[0].Operand, Array.ConvertAll(t, p => p.Operand)));
        var kernel = device.Kernels.Get($"flat|{name}|{types}|{tensors.Length}|{numbers.Length}", isLarge, () => Text(body, type, tensors, numbers.Length));
        var launch = new Launch(device, isLarge);
        foreach (var parts in tensors)
        {
            launch.Index(parts[0].Operand.Layout.Shape.Numel);
            foreach (var part in parts) launch.Operand(part.Operand);
        }
        launch.Numbers(numbers, type);
        launch.Run(kernel, Math.Min(Groups, (most + Threads - 1) / Threads), Threads);
    }

    static string Text(string body, DType type, Rows.Part[][] tensors, int numbers)
    {
        string t = Types.Stored(type);
        StringBuilder head = new(), loops = new();
        for (int j = 0; j < tensors.Length; j++)
        {
            head.Append(j == 0 ? "" : ", ").Append($"N n{j}");
            for (int i = 0; i < tensors[j].Length; i++)
            {
                var (name, x, isOutput) = tensors[j][i];
                head.Append($", GLOBAL {(isOutput ? "" : "const ")}{Types.Stored(x.DType)}* p{j}_{i}, N o{j}_{i}");
                string place = $"p{j}_{i}[o{j}_{i} + (N)e]";
                loops.Append($"#undef {name}\n#define {name}(k) {Types.Convert(place, x.DType, type)}\n");
                if (isOutput) loops.Append($"#undef SET_{name}\n#define SET_{name}(k, v) {place} = {Types.Convert("(T)(v)", type, x.DType)}\n");
            }
            loops.Append($"  for (i64 e = GROUP * THREADS + THREAD; e < n{j}; e += GROUPS * THREADS) {{\n{body.Replace("@", t, StringComparison.Ordinal)}\n  }}\n");
        }
        for (int i = 0; i < numbers; i++) head.Append($", T k{i}");
        return $"typedef {t} T;\nKERNEL void run({head}) {{\n{loops}}}\n";
    }
}
