using Candeia.NN;

namespace Candeia.Onnx.Tests;

/// <summary>An imported network is a network like others: it learns, it can be frozen, cut, given a new head, and saved.</summary>
public sealed class LearningTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _path;
    readonly Sequential _origin;

    public LearningTests()
    {
        Generator random = new(5);
        _origin = new Sequential(
            new Conv2d(1, 4, 3, padding: 1, generator: random), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(64, 8, generator: random), new ReLU(), new Linear(8, 3, generator: random)).Eval();
        _path = Path.Combine(_folder.Path, "model.onnx");
        _origin.ExportOnnx(_path, Tensor.Zeros([1, 1, 8, 8]));
    }

    static Tensor Pictures => Tensor.Rand([6, 1, 8, 8], generator: new(1));

    [Fact]
    public void Gradients_are_those_of_the_layers_it_came_from()
    {
        var model = OnnxModel.Load(_path);
        Assert.Equal(_origin.NamedParameters().Select(p => p.Name).Order(StringComparer.Ordinal), model.NamedParameters().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["1.running_mean", "1.running_var"], model.NamedBuffers().Select(b => b.Name).Where(n => n.StartsWith("1.running", StringComparison.Ordinal)));
        model.Forward(Pictures).Square().Sum().Backward();
        _origin.Forward(Pictures).Square().Sum().Backward();
        foreach (var (name, parameter) in _origin.NamedParameters())
            Assert.Equal(parameter.Grad!.ToArray<float>(), model.NamedParameters().Single(p => p.Name == name).Parameter.Grad!.ToArray<float>());
    }

    [Fact]
    public void In_training_it_learns_and_its_running_moments_move()
    {
        var model = OnnxModel.Load(_path).Train();
        var y = Tensor.From([0L, 1, 2, 0, 1, 2]);
        Adam adam = new(model.Parameters(), learningRate: 0.01);
        double Loss() => model.Forward(Pictures).CrossEntropyLoss(y).Item();
        double before = Loss();
        float[] moments = model.StateDict()["1.running_mean"].ToArray<float>();
        for (int i = 0; i < 30; i++)
        {
            adam.ZeroGrad();
            model.Forward(Pictures).CrossEntropyLoss(y).Backward();
            adam.Step();
        }
        Assert.True(Loss() < before / 4, $"{before} became {Loss()}");
        Assert.NotEqual(moments, model.StateDict()["1.running_mean"].ToArray<float>());
    }

    [Fact]
    public void A_part_with_a_new_head_learns_while_the_part_is_frozen()
    {
        var whole = OnnxModel.Load(_path);
        var body = whole.Cut("Gemm_0");
        Assert.Equal<Shape>([6, 8], body.Forward(Pictures).Shape);
        Assert.DoesNotContain(body.NamedParameters(), p => p.Name == "7.weight");
        Assert.Same(whole.NamedParameters()[0].Parameter, body.NamedParameters()[0].Parameter);
        var model = new Sequential(body.Freeze(), new ReLU(), new Linear(8, 2));
        var before = body.StateDict().ToDictionary(t => t.Key, t => t.Value.ToArray<float>());
        Adam adam = new(model.Parameters().Where(p => p.RequiresGrad));
        model.Forward(Pictures).Sum().Backward();
        adam.Step();
        Assert.All(body.NamedParameters(), p => Assert.Null(p.Parameter.Grad));
        Assert.All(before, b => Assert.Equal(b.Value, body.StateDict()[b.Key].ToArray<float>()));
        string again = Path.Combine(_folder.Path, "again.onnx");
        model.ExportOnnx(again, Pictures);
        using var _ = Autograd.NoGrad();
        Assert.Equal(model.Eval().Forward(Pictures).ToArray<float>(), OnnxModel.Load(again).Forward(Pictures).ToArray<float>());
        Assert.Contains("no 'nothing'", Assert.Throws<ArgumentException>(() => whole.Cut("nothing")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_saved_and_read_as_other_layers_are()
    {
        var model = OnnxModel.Load(_path);
        string file = Path.Combine(_folder.Path, "weights.safetensors");
        using (Autograd.NoGrad()) foreach (var p in model.Parameters()) p.CopyFrom(p * 2);
        model.Save(file);
        var other = OnnxModel.Load(_path);
        Assert.NotEqual(model.Forward(Pictures).ToArray<float>(), other.Forward(Pictures).ToArray<float>());
        other.LoadStateDict(Safetensors.Load(file));
        Assert.Equal(model.Forward(Pictures).ToArray<float>(), other.Forward(Pictures).ToArray<float>());
        Assert.Equal(DType.Float64, OnnxModel.Load(_path).To(DType.Float64).Forward(Pictures.To(DType.Float64)).DType);
    }

    [Fact]
    public void What_follows_from_weights_follows_them_when_they_change()
    {
        var layer = new LSTM(3, 5, batchFirst: true).Eval();
        string path = Path.Combine(_folder.Path, "lstm.onnx");
        var x = Tensor.Rand([2, 4, 3], generator: new(2));
        layer.ExportOnnx(path, x);
        var model = OnnxModel.Load(path);
        using var _ = Autograd.NoGrad();
        Assert.Equal(layer.Forward(x).ToArray<float>(), model.Forward(x).ToArray<float>());
        foreach (var p in layer.Parameters()) p.CopyFrom(p * 2);
        foreach (var (name, p) in model.NamedParameters()) p.CopyFrom(layer.StateDict()[name]);
        Assert.Equal(layer.Forward(x).ToArray<float>(), model.Forward(x).ToArray<float>());
        Assert.Equal(layer.Forward(x).ToArray<float>(), model.Forward(x).ToArray<float>());
        model.To(DType.Float64);
        Assert.Equal(DType.Float64, model.Forward(x.To(DType.Float64)).DType);
    }

    public void Dispose() => _folder.Dispose();
}
