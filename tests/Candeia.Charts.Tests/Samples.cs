using System.Buffers.Binary;

namespace Candeia.Charts.Tests;

/// <summary>One of every figure, and the figures that have gone wrong elsewhere: empty, single, constant, broken, huge, tiny.</summary>
static class Samples
{
    public const string Hostile = "</title><script>alert('x')</script> & \"quoted\" \u0001\u001b[31m \ud800 ]]> --> 数据 \u202Efdp.exe";

    public static readonly double[] Losses = [0.0583, 0.0181, 0.0096, 0.0061, 0.0042, 0.0031, 0.0022, 0.0017, 0.0012, 0.0009];

    public static IReadOnlyDictionary<string, Figure> All { get; } = new Dictionary<string, Figure>
    {
        ["lines"] = new LineChart("Loss", [new("train", Losses), new("valid", [.. Losses.Select(v => v * 1.3)])])
        {
            X = "epoch", Y = new Axis("mean squared error") { Log = true }, Markers = true, Callouts = [new(9, 0.0012 * 1.3, "best")], Notes = ["a", "b"], Subtitle = "sub",
        },
        ["legend"] = new LineChart("Long names", [new(new string('a', 90), Losses), new(new string('b', 300), Losses) { Dashed = true }]),
        ["none"] = new LineChart("None", []),
        ["empty"] = new LineChart("Empty", [new("empty", [])]),
        ["single"] = new LineChart("Single", [new("one", [0.5])]),
        ["constant"] = new LineChart("Constant", [new("c", [3, 3, 3])]),
        ["zero"] = new LineChart("Zero", [new("0", [0, 0, 0])]),
        ["broken"] = new LineChart("Broken", [new("b", [1, double.NaN, 2, 3, double.PositiveInfinity, double.NegativeInfinity, 4, 5])]),
        ["huge"] = new LineChart("Huge", [new("h", [double.MinValue, 1e300, -1e300, double.MaxValue])]),
        ["tiny"] = new LineChart("Tiny", [new("t", [double.Epsilon, 2 * double.Epsilon, 1e-310])]),
        ["log of nothing"] = new LineChart("Log", [new("l", [0, -1, double.NaN])]) { Y = new Axis("y") { Log = true } },
        ["log of all"] = new LineChart("Log", [new("l", [double.Epsilon, 1e-300, 1, 1e300, double.MaxValue])]) { Y = new Axis("y") { Log = true } },
        ["hostile"] = new LineChart(Hostile, [new(Hostile, [1, 2])]) { X = new Axis(Hostile, Hostile), Y = Hostile, Subtitle = Hostile, Notes = [Hostile], Callouts = [new(1, 1, Hostile)] },
        ["small sheet"] = new LineChart("Small", [new("s", Losses)]) { Width = 1, Height = 1, X = "x", Y = "y" },
        ["points"] = new ScatterChart("Points", Losses, Losses) { Diagonal = true, X = "true", Y = "predicted" },
        ["groups"] = new ScatterChart("Groups", [new("a", Losses, Losses), new("b", Losses, [.. Losses.Reverse()])]) { X = new Axis("x", "cm") { Log = true } },
        ["no points"] = new ScatterChart("No points", [], []) { Diagonal = true },
        ["density"] = new ScatterChart("Density", [.. Enumerable.Range(0, 30_000).Select(i => Math.Sin(i))], [.. Enumerable.Range(0, 30_000).Select(i => Math.Cos(i * 1.1))]),
        ["histogram"] = new Histogram("Histogram", [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i))]) { X = "value" },
        ["histogram of nothing"] = new Histogram("Nothing", [double.NaN]),
        ["histogram of one"] = new Histogram("One", [5, 5, 5]),
        ["bars"] = new BarChart("Bars", [new("long name of a bar", 1), new("b", -2), new("c", double.NaN), new("d", 0)]) { X = "length" },
        ["no bars"] = new BarChart("No bars", []),
        ["confusion"] = Heatmap.Confusion("Confusion", ["cat", "dog"], [[10, 2], [0, 0]]),
        ["heatmap"] = new Heatmap("Heat", ["r"], [.. Enumerable.Range(0, 40).Select(i => $"column {i}")], [[.. Enumerable.Range(0, 40).Select(i => i == 7 ? double.NaN : i - 20.0)]]),
        ["no heat"] = new Heatmap("No heat", [], [], []),
        ["image"] = new ImageFigure("Image", Png(32, 16)),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>The head of a PNG file of this size.</summary>
    public static byte[] Png(int width, int height)
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, .. new byte[17]];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }
}
