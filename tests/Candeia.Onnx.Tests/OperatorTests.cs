namespace Candeia.Onnx.Tests;

/// <summary>Operators of which ONNX's own tests are not at hand: ONNX Runtime is the authority.</summary>
public sealed class OperatorTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    static readonly Generator s_random = new(11);

    static Tensor F(params int[] shape) => Tensor.Randn(Shape.Create(shape), generator: s_random);

    static Tensor Whole(DType type, int low, int high, params int[] shape) => Tensor.Randint(low, high, Shape.Create(shape), s_random).To(type);

    static Tensor Number(double value) => Tensor.Scalar(value, DType.Float32);

    static Tensor Zero(DType type, int value) => Tensor.Scalar(value, type);

    static Tensor Long(params long[] values) => Tensor.From(values);

    static Tensor LongNumber(long value) => Tensor.From([value]).Reshape();

    sealed record Case(string Op, int Opset, Tensor?[] Inputs, int Results, params (string, object)[] Attributes);

    static readonly Dictionary<string, Case> s_cases = Cases().ToDictionary(c => c.Name, c => c.Case);

    public static TheoryData<string> Names => [.. s_cases.Keys];

    static IEnumerable<(string Name, Case Case)> Cases()
    {
        foreach (string mode in (string[])["bilinear", "nearest", "bicubic"])
            foreach (string outside in (string[])["zeros", "border", "reflection"])
                yield return ($"GridSample, {mode}, {outside}", new("GridSample", 16, [F(2, 3, 4, 5), F(2, 3, 2, 2) * 0.9], 1, ("mode", mode), ("padding_mode", outside), ("align_corners", outside == "border" ? 1 : 0)));
        yield return ("GridSample of volumes", new("GridSample", 20, [F(1, 2, 3, 4, 5), F(1, 2, 2, 3, 3) * 0.5], 1, ("mode", "linear")));
        yield return ("AffineGrid", new("AffineGrid", 20, [F(2, 2, 3), Long(2, 1, 3, 4)], 1));
        yield return ("AffineGrid of volumes, corners", new("AffineGrid", 20, [F(2, 3, 4), Long(2, 1, 3, 4, 2)], 1, ("align_corners", 1)));
        foreach (int sorted in (int[])[0, 1])
        {
            yield return ($"Unique, sorted {sorted}", new("Unique", 11, [Whole(DType.Float32, 0, 5, 12)], 4, ("sorted", sorted)));
            yield return ($"Unique along 0, sorted {sorted}", new("Unique", 11, [Whole(DType.Float32, 0, 2, 7, 2)], 4, ("sorted", sorted), ("axis", 0)));
            yield return ($"Unique along 1, sorted {sorted}", new("Unique", 11, [Whole(DType.Int64, 0, 2, 2, 6)], 4, ("sorted", sorted), ("axis", -1)));
        }
        yield return ("STFT", new("STFT", 17, [F(2, 64, 1), LongNumber(8), Windows.Hann(16)], 1));
        yield return ("STFT of one length, both sides", new("STFT", 17, [F(1, 40, 1), LongNumber(4), null, LongNumber(16)], 1, ("onesided", 0)));
        yield return ("DFT", new("DFT", 17, [F(2, 12, 1)], 1));
        yield return ("DFT, half", new("DFT", 17, [F(2, 12, 1)], 1, ("onesided", 1)));
        yield return ("DFT, inverse", new("DFT", 17, [F(2, 3, 8, 2)], 1, ("inverse", 1), ("axis", 2)));
        yield return ("DFT of a length", new("DFT", 17, [F(2, 12, 1), LongNumber(16)], 1));
        foreach (string name in (string[])["HannWindow", "HammingWindow", "BlackmanWindow"])
            foreach (int periodic in (int[])[0, 1])
                yield return ($"{name}, periodic {periodic}", new(name, 17, [LongNumber(10)], 1, ("periodic", periodic)));
        yield return ("Det", new("Det", 11, [F(3, 4, 4)], 1));
        yield return ("BitShift", new("BitShift", 11, [Whole(DType.UInt8, 0, 256, 6), Whole(DType.UInt8, 0, 8, 6)], 1, ("direction", "RIGHT")));
        yield return ("Einsum", new("Einsum", 12, [F(2, 3, 4), F(2, 4, 5)], 1, ("equation", "bij,bjk->bik")));
        // Weights of seven bits: on processors without VNNI the authority cuts sums of two products at 16 bits.
        foreach (var type in (DType[])[DType.UInt8, DType.Int8])
        {
            yield return ($"QuantizeLinear to {type}", new("QuantizeLinear", 13, [F(3, 40) * 5, Number(0.05), Zero(type, 7)], 1));
            yield return ($"QuantizeLinear to {type} along 1", new("QuantizeLinear", 13, [F(2, 3, 5) * 5, Tensor.From([0.01f, 0.1f, 1]), Whole(type, 0, 9, 3)], 1, ("axis", 1)));
            yield return ($"DequantizeLinear of {type} along 0", new("DequantizeLinear", 13, [Whole(type, 0, 100, 3, 4), Tensor.From([0.01f, 0.1f, 1]), Whole(type, 0, 9, 3)], 1, ("axis", 0)));
            yield return ($"MatMulInteger of {type}", new("MatMulInteger", 10, [Whole(DType.UInt8, 0, 256, 4, 300), Whole(type, 0, 63, 300, 5), Zero(DType.UInt8, 12), Zero(type, 3)], 1));
            yield return ($"QLinearMatMul of {type}", new("QLinearMatMul", 10,
                [Whole(DType.UInt8, 0, 256, 4, 30), Number(0.02), Zero(DType.UInt8, 120), Whole(type, 0, 63, 30, 5), Number(0.01), Zero(type, 60), Number(0.15), Zero(DType.UInt8, 100)], 1));
        }
        yield return ("QuantizeLinear without zero", new("QuantizeLinear", 13, [F(40).Abs() * 5, Number(0.05)], 1));
        yield return ("DequantizeLinear of int32", new("DequantizeLinear", 13, [Whole(DType.Int32, -10000, 10000, 8), Number(0.001)], 1));
        yield return ("DequantizeLinear in blocks", new("DequantizeLinear", 21, [Whole(DType.UInt8, 0, 100, 3, 8), F(3, 2).Abs()], 1, ("axis", 1), ("block_size", 4)));
        yield return ("DynamicQuantizeLinear", new("DynamicQuantizeLinear", 11, [F(5, 9) * 3], 3));
        yield return ("DynamicQuantizeLinear of positive numbers", new("DynamicQuantizeLinear", 11, [F(5, 9).Abs() + 1], 3));
        yield return ("ConvInteger", new("ConvInteger", 10, [Whole(DType.UInt8, 0, 256, 1, 3, 7, 6), Whole(DType.UInt8, 0, 256, 4, 3, 3, 3), Zero(DType.UInt8, 30)], 1, ("pads", new[] { 1, 1, 1, 1 })));
        yield return ("QLinearConv", new("QLinearConv", 10,
            [Whole(DType.UInt8, 0, 256, 2, 4, 7, 6), Number(0.02), Zero(DType.UInt8, 128), Whole(DType.UInt8, 0, 256, 6, 2, 3, 3), Number(0.01), Zero(DType.UInt8, 110), Number(0.2), Zero(DType.UInt8, 90), Whole(DType.Int32, -500, 500, 6)], 1,
            ("group", 2), ("strides", new[] { 2, 1 }), ("pads", new[] { 1, 0, 1, 0 })));
        yield return ("QLinearConv with scales", new("QLinearConv", 10,
            [Whole(DType.UInt8, 0, 256, 1, 2, 5, 5), Number(0.02), Zero(DType.UInt8, 128), Whole(DType.Int8, -63, 63, 3, 2, 2, 2), Tensor.From([0.01f, 0.02f, 0.04f]), Tensor.Zeros([3], DType.Int8), Number(0.2), Zero(DType.UInt8, 90)], 1));
        yield return ("NonMaxSuppression", new("NonMaxSuppression", 11, [Corners(2, 20), Tensor.Rand([2, 3, 20], generator: s_random), LongNumber(6), Number(0.3), Number(0.2)], 1));
        yield return ("NonMaxSuppression of middles", new("NonMaxSuppression", 11, [Tensor.Rand([1, 15, 4], generator: s_random) + 0.2, Tensor.Rand([1, 2, 15], generator: s_random), LongNumber(9), Number(0.4)], 1, ("center_point_box", 1)));
    }

    static Tensor Corners(int images, int count)
    {
        var near = Tensor.Rand([images, count, 2], generator: s_random);
        return Tensor.Cat([near, near + Tensor.Rand([images, count, 2], generator: s_random) * 0.5], 2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_gives_what_it_gives_elsewhere(string name)
    {
        var (op, opset, inputs, results, attributes) = s_cases[name];
        byte[] file = OneNode.Of(op, opset, inputs, results, attributes);
        string path = Path.Combine(_folder.Path, "model.onnx");
        File.WriteAllBytes(path, file);
        Tensor[] given = [.. inputs.OfType<Tensor>()];
        var expected = Ort.Run(path, given);
        var actual = OnnxModel.Load(path).Run(given);
        for (int i = 0; i < results; i++) Suite.Check(actual[i], expected[i], random: false, i, relative: 1e-5, absolute: 1e-5);
    }

    public void Dispose() => _folder.Dispose();
}
