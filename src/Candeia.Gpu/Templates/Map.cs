using System.Text;

namespace Candeia.Gpu;

/// <summary>y = an expression of an element of each input, whatever their strides and types.</summary>
internal static class Map
{
    const int Threads = 256, Groups = 4096;

    /// <summary>Computes an expression, in which the inputs are a, b, c … of the type <paramref name="type"/>, which is T there; it may call functions that are given.</summary>
    public static void Run(GpuDevice device, string text, DType type, Operand y, ReadOnlySpan<Operand> x, ReadOnlySpan<double> numbers = default, string functions = "")
    {
        long count = y.Layout.Shape.Numel;
        if (count == 0) return;
        List<Layout> layouts = [y.Layout];
        foreach (var each in x) if (!each.IsNumber) layouts.Add(each.Layout.Broadcast(y.Layout.Shape));
        var loops = Loops.Over(layouts.ToArray());
        bool isLarge = Indices.AreLarge(loops.Reach, y, x);
        string key = Key(functions.Length == 0 ? text : text + functions, type, loops.Rank, y, x, numbers.Length);
        Operand[] inputs = x.ToArray();
        int parameters = numbers.Length;
        var kernel = device.Kernels.Get(key, isLarge, () => Text(text, functions, type, loops, y, inputs, parameters));
        var launch = new Launch(device, isLarge).Operand(y).Index(count);
        foreach (var each in x)
        {
            if (each.IsNumber) launch.Number(each, type);
            else launch.Operand(each);
        }
        foreach (double number in numbers) launch.Number(number, Types.Part(type));
        loops.Add(launch);
        launch.Run(kernel, Math.Min(Groups, (count + Threads - 1) / Threads), Threads);
    }

    static string Key(string text, DType type, int rank, Operand y, ReadOnlySpan<Operand> x, int numbers)
    {
        var s = new StringBuilder("map|").Append(text).Append('|').Append(type).Append('|').Append(rank).Append('|').Append(numbers).Append('|').Append(y.DType);
        foreach (var each in x) s.Append('|').Append(each.IsNumber ? "number" : each.DType.ToString());
        return s.ToString();
    }

    static string Text(string text, string functions, DType type, Loops loops, Operand y, Operand[] x, int numbers)
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
        for (int i = 0; i < numbers; i++) head.Append($", {Types.Stored(Types.Part(type))} k{i}");
        var result = Types.IsComplex(y.DType) ? type : Types.Part(type);
        string value = Types.Convert(Types.Cast(text.Replace("@", name, StringComparison.Ordinal), result), result, y.DType);
        return $"typedef {name} T;\n{functions.Replace("@", name, StringComparison.Ordinal)}{head}{loops.Parameters("s")}) {{\n"
            + "  for (i64 each = GROUP * THREADS + THREAD; each < n; each += GROUPS * THREADS) {\n"
            + $"    {places};\n    {loops.Walk("s", "(N)each", k => $"i{k}")}\n{loads}    y[i0] = {value};\n  }}\n}}\n";
    }
}
