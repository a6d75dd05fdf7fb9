using System.Text;

namespace Candeia.Gpu;

/// <summary>y = an expression of an element of each input, whatever their strides and types.</summary>
internal static class Map
{
    const int Threads = 256, Groups = 4096;

    /// <summary>Computes an expression, in which the inputs are a, b, c … of the type <paramref name="type"/>, which is T there.</summary>
    public static void Run(GpuDevice device, string text, DType type, Operand y, ReadOnlySpan<Operand> x, ReadOnlySpan<double> numbers = default)
    {
        long count = y.Layout.Shape.Numel;
        if (count == 0) return;
        List<Layout> layouts = [y.Layout];
        foreach (var each in x) if (!each.IsNumber) layouts.Add(each.Layout.Broadcast(y.Layout.Shape));
        var loops = Loops.Over(layouts.ToArray());
        bool isLarge = Indices.AreLarge(loops.Reach, y, x);
        string key = Key(text, type, loops.Rank, y, x, numbers.Length);
        Operand[] inputs = x.ToArray();
        int parameters = numbers.Length;
        var kernel = device.Kernels.Get(key, isLarge, () => Text(text, type, loops, y, inputs, parameters));
        var launch = new Launch(device, isLarge).Operand(y).Index(count);
        foreach (var each in x)
        {
            if (each.IsNumber) launch.Number(each, type);
            else launch.Operand(each);
        }
        foreach (double number in numbers) launch.Number(number, type);
        loops.Add(launch);
        launch.Run(kernel, Math.Min(Groups, (count + Threads - 1) / Threads), Threads);
    }

    static string Key(string text, DType type, int rank, Operand y, ReadOnlySpan<Operand> x, int numbers)
    {
        var s = new StringBuilder("map|").Append(text).Append('|').Append(type).Append('|').Append(rank).Append('|').Append(numbers).Append('|').Append(y.DType);
        foreach (var each in x) s.Append('|').Append(each.IsNumber ? "number" : each.DType.ToString());
        return s.ToString();
    }

    static string Text(string text, DType type, Loops loops, Operand y, Operand[] x, int numbers)
    {
        string name = Types.Stored(type);
        var head = new StringBuilder($"KERNEL void run(GLOBAL {Types.Stored(y.DType)}* y, N oy, N n");
        var places = new StringBuilder("N i0 = oy");
        var loads = new StringBuilder();
        for (int i = 0, at = 1; i < x.Length; i++)
        {
            char letter = (char)('a' + i);
            if (x[i].IsNumber) head.Append($", T {letter}");
            else
            {
                head.Append($", GLOBAL const {Types.Stored(x[i].DType)}* p{i}, N o{i}");
                places.Append($", i{at} = o{i}");
                loads.Append($"    const T {letter} = {Types.Convert($"p{i}[i{at++}]", x[i].DType, type)};\n");
            }
        }
        for (int i = 0; i < numbers; i++) head.Append($", T k{i}");
        string value = Types.Convert($"(T)({text.Replace("@", name, StringComparison.Ordinal)})", type, y.DType);
        return $"typedef {name} T;\n{head}{loops.Parameters("s")}) {{\n"
            + "  for (i64 e = GROUP * THREADS + THREAD; e < n; e += GROUPS * THREADS) {\n"
            + $"    {places};\n    {loops.Walk("s", "(N)e", k => $"i{k}")}\n{loads}    y[i0] = {value};\n  }}\n}}\n";
    }
}
