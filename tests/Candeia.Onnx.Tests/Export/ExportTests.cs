using System.Diagnostics;
using Candeia.NN;

namespace Candeia.Onnx.Tests;

/// <summary>What is written gives the same elsewhere, and here once more.</summary>
public sealed class ExportTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. LayerCases.All.Keys];

    static readonly Dictionary<string, string> s_rounded = new() { ["LSTM with a projection"] = "ONNX has none, so it is written step by step" };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_gives_the_same_as_a_file(string name)
    {
        var (make, input) = LayerCases.All[name];
        var layer = make();
        Moved(layer);
        layer.Eval();
        var x = input();
        string path = Path.Combine(_folder.Path, "model.onnx");
        layer.ExportOnnx(path, x.Narrow(0, 0, 1));
        var again = OnnxModel.Load(path);
        using var _ = Autograd.NoGrad();
        var expected = layer.Forward(x).Settle();
        Suite.Check(Ort.Run(path, x)[0], expected, random: false, 0, relative: 1e-5, absolute: 1e-5);
        var actual = again.Forward(x).Settle();
        if (s_rounded.ContainsKey(name)) Suite.Check(actual, expected, random: false, 0, relative: 1e-6, absolute: 1e-6);
        else Assert.Equal(expected.ToArray<double>(), actual.ToArray<double>());
        Assert.All(again.NamedParameters(), p => Assert.Equal(layer.StateDict()[p.Name].ToArray<float>(), p.Parameter.ToArray<float>()));
        Assert.Equal(layer.NamedParameters().Where(p => p.Parameter.Numel > 1).Select(p => p.Name).Order(StringComparer.Ordinal), again.NamedParameters().Select(p => p.Name).Where(n => layer.StateDict()[n].Numel > 1).Order(StringComparer.Ordinal));
    }

    // Weights and moments with which nothing cancels.
    static void Moved(Layer layer)
    {
        using var _ = Autograd.NoGrad();
        Generator random = new(7);
        foreach (var tensor in layer.Parameters().Concat(layer.Buffers()))
            if (tensor.DType.IsFloatingPoint()) tensor.CopyFrom((tensor + Tensor.Rand(tensor.Shape, generator: random) * 0.1).Abs() + 0.05);
    }

    [Fact]
    public void Packed_sequences_are_refused_with_their_line()
    {
        var e = Assert.Throws<OnnxException>(() => new Packs().ExportOnnx(Path.Combine(_folder.Path, "model.onnx"), Tensor.Ones([3, 4, 2])));
        Assert.Contains("packed sequences of different lengths go through a recurrent layer", e.Message, StringComparison.Ordinal);
        Assert.Contains("ExportTests.cs:", e.Message, StringComparison.Ordinal);
    }

    sealed class Packs : Layer
    {
        readonly LSTM lstm = new(2, 3, batchFirst: true);

        public override Tensor Forward(Tensor x) => lstm.Forward(Sequences.PackPaddedSequence(x, [.. Enumerable.Range(0, x.Shape[0]).Select(i => i % 2 + 3)], batchFirst: true, enforceSorted: false)).Output.Data;
    }

    [Fact]
    public void Spreads_and_norms_are_written()
    {
        string path = Path.Combine(_folder.Path, "model.onnx");
        var x = Tensor.Randn([3, 4, 5], generator: new(5));
        new Spreads().ExportOnnx(path, x.Narrow(0, 0, 1));
        var expected = new Spreads().Forward(x);
        Suite.Check(Ort.Run(path, x)[0], expected, random: false, 0, relative: 1e-5, absolute: 1e-6);
        Suite.Check(OnnxModel.Load(path).Forward(x), expected, random: false, 0, relative: 1e-6, absolute: 1e-6);
    }

    sealed class Spreads : Layer
    {
        public override Tensor Forward(Tensor x) =>
            Tensor.Stack([x.Var([2]), x.Std([2]), x.Norm(1, [2]), x.Norm(2, [2]), x.Norm(3, [2]), x.Pad([1, 2], 0.5).Sum([2])], 1);
    }

    [Fact]
    public void What_is_detached_still_depends_on_the_input()
    {
        string path = Path.Combine(_folder.Path, "model.onnx");
        new Detaches().ExportOnnx(path, Tensor.Ones([1, 3]));
        Assert.Equal([2f, 4, 6], Ort.Run(path, Tensor.From([1f, 2, 3], [1, 3]))[0].ToArray<float>());
    }

    sealed class Detaches : Layer
    {
        public override Tensor Forward(Tensor x) => x + x.Detach();
    }

    [SkippableFact]
    public void The_files_are_well_formed()
    {
        Skip.IfNot(Python("import onnx") is null, "python3 has no onnx");
        int i = 0;
        foreach (var (make, input) in LayerCases.All.Values)
        {
            var layer = make().Eval();
            layer.ExportOnnx(Path.Combine(_folder.Path, $"{i++}.onnx"), input());
        }
        string? wrong = Python($"import onnx, glob\nfor f in glob.glob(r'{_folder.Path}/*.onnx'): onnx.checker.check_model(f, full_check=True)");
        Assert.Null(wrong);
    }

    static string? Python(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", program]) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors;
        }
        catch (System.ComponentModel.Win32Exception e) { return e.Message; }
    }

    [Fact]
    public void A_choice_by_a_value_is_refused_with_its_line()
    {
        var e = Assert.Throws<OnnxException>(() => new Chooses().ExportOnnx(Path.Combine(_folder.Path, "model.onnx"), Tensor.Ones([1, 3])));
        Assert.Contains("a value of a float32 [] is read", e.Message.Replace("Float32", "float32", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Chooses.Forward", e.Message, StringComparison.Ordinal);
        Assert.Contains("ExportTests.cs:", e.Message, StringComparison.Ordinal);
    }

    sealed class Chooses : Layer
    {
        public override Tensor Forward(Tensor x) => x.Sum().Item() > 0 ? x : -x;
    }

    [Fact]
    public void Writing_in_place_and_random_numbers_are_refused()
    {
        Assert.Contains("in place", Assert.Throws<OnnxException>(() => new Writes().ExportOnnx("model.onnx", Tensor.Ones([1, 3]))).Message, StringComparison.Ordinal);
        Assert.Contains("random", Assert.Throws<OnnxException>(() => new Draws().ExportOnnx("model.onnx", Tensor.Ones([1, 3]))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists("model.onnx"));
    }

    sealed class Writes : Layer
    {
        public override Tensor Forward(Tensor x)
        {
            var y = x * 2;
            y[.., 0] = 1;
            return y;
        }
    }

    sealed class Draws : Layer
    {
        public override Tensor Forward(Tensor x) => x + Tensor.Rand(x.Shape);
    }

    [Fact]
    public void A_model_that_knows_its_batch_is_refused_or_fixed()
    {
        string path = Path.Combine(_folder.Path, "model.onnx");
        Assert.Contains("freeBatch: false", Assert.Throws<OnnxException>(() => new Numbers().ExportOnnx(path, Tensor.Ones([2, 3]))).Message, StringComparison.Ordinal);
        new Numbers().ExportOnnx(path, Tensor.Ones([2, 3]), freeBatch: false);
        Assert.Equal("2", OnnxModel.Load(path).Inputs[0].Dims[0]);
        Assert.Equal([1f, 1, 1, 2, 2, 2], Ort.Run(path, Tensor.Ones([2, 3]))[0].ToArray<float>());
    }

    sealed class Numbers : Layer
    {
        public override Tensor Forward(Tensor x) => x + Tensor.Arange(x.Shape[0]).Unsqueeze(1).To(DType.Float32);
    }

    [Fact]
    public void Several_inputs_and_results_have_names()
    {
        var layer = new Linear(3, 3);
        string path = Path.Combine(_folder.Path, "model.onnx");
        layer.ExportOnnx(path, x => [layer.Forward(x[0]) + x[1], x[1] * 2], [("x", Tensor.Ones([1, 3])), ("state", Tensor.Ones([1, 3]))], ["y", "next"]);
        var model = OnnxModel.Load(path);
        Assert.Equal(["x", "state"], model.Inputs.Select(i => i.Name));
        var (x, state) = (Tensor.Rand([4, 3]), Tensor.Rand([4, 3]));
        var results = model.Run(new Dictionary<string, Tensor> { ["state"] = state, ["x"] = x });
        Assert.Equal((layer.Forward(x) + state).ToArray<float>(), results["y"].ToArray<float>());
        Assert.Equal((state * 2).ToArray<float>(), Ort.Run(path, x, state)[1].ToArray<float>());
    }

    public void Dispose() => _folder.Dispose();
}
