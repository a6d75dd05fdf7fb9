using System.Buffers.Binary;
using Candeia.NN;
using Candeia.Training;

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
        ["band"] = new LineChart("Band", [new("forecast", Losses)]) { Bands = [new("9 of 10", [1, 2, 3, 4, 5], [0.05, double.NaN, 0.007, 0.004, 0.003], [0.07, 0.03, 0.012, 0.009, 0.008])] },
        ["bands alone"] = new LineChart("Bands", []) { Bands = [new(Hostile, [1, 2], [double.MinValue, 0], [1, double.MaxValue]), new("", [], [], [])] },
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
        ["dots"] = new DotChart("Dots", [new("adam", [1.1, 1.2, 1.15]) { Hue = Hue.Orange }, new("sgd with momentum", [2, double.NaN, 2.4, 2.2]), new("none", [])]) { X = "loss" },
        ["no dots"] = new DotChart("No dots", []),
        ["diagonal line"] = new LineChart("Diagonal", [new("d", [0, 0.5, 1], [0.2, 0.9, 1])]) { Diagonal = true, X = "x", Y = "y" },
        ["roc"] = ClassCharts.Roc(("cnn", Curve(3)), ("linear", Curve(1))),
        ["roc of one"] = Curve(2).Chart(),
        ["confusion matrix"] = new Confusion(new long[,] { { 980, 12, 8 }, { 3, 400, 97 }, { 0, 20, 31 } }).Chart(["cat", "dog", "mouse"]),
        ["runs"] = RunCharts.Curves([("adam", Run(0.6)), ("sgd", Run(0.8)), ("one cycle", Run(0.5))]),
        ["results"] = RunCharts.Results([("adam", [0.12, 0.11, 0.13]), ("sgd", [0.2, 0.17, 0.22]), ("one cycle", [0.1, 0.09, 0.11])]),
        ["schedule"] = new OneCycleSchedule(0.01, 200).Chart(200),
        ["schedules"] = ScheduleCharts.Curves([("cosine", new CosineSchedule(100)), ("steps", new StepSchedule(30)), ("linear", new LinearSchedule(Start: 0.1, Steps: 50))], 100, 0.1),
        ["image"] = new ImageFigure("Image", Png(32, 16)),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    static RocCurve Curve(double strength) => RocCurve.Of(
        Tensor.From([.. Enumerable.Range(0, 300).Select(i => (float)(Math.Sin(i * 1.7) + (i % 2 == 0 ? strength / 2 : 0)))]), Tensor.From([.. Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? 1f : 0)]));

    static History Run(double rate) => new([.. Enumerable.Range(1, 12).Select(e => new EpochResult(e, Pass(Math.Pow(rate, e)), Pass(Math.Pow(rate, e) + 0.02), 1, 1e-3))]);

    static PhaseResult Pass(double loss) => new(loss, new Dictionary<string, double>(), 64, 1);

    /// <summary>The head of a PNG file of this size.</summary>
    public static byte[] Png(int width, int height)
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, .. new byte[17]];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }
}
