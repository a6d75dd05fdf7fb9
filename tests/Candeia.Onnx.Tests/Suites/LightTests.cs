namespace Candeia.Onnx.Tests;

/// <summary>Networks whose weights are constants, with what another evaluator computes.</summary>
public sealed class LightTests
{
    [SkippableTheory]
    [InlineData("bvlc_alexnet")]
    [InlineData("densenet121")]
    [InlineData("inception_v1")]
    [InlineData("inception_v2")]
    [InlineData("resnet50")]
    [InlineData("shufflenet")]
    [InlineData("squeezenet")]
    [InlineData("vgg19")]
    [InlineData("zfnet512")]
    public void A_light_network_gives_what_another_computes(string name)
    {
        string folder = SharedFolder.Require("suites/onnx/light");
        var model = OnnxModel.Load(Path.Combine(folder, $"light_{name}.onnx"));
        int[] shape = [.. model.Inputs[0].Dims.Select(d => int.TryParse(d, out int n) ? n : 1)];
        int count = shape.Aggregate(1, (a, b) => a * b);
        var x = (Tensor.Arange(count).To(DType.Float64) / count).To(DType.Float32).Reshape(shape);
        using var _ = Autograd.NoGrad();
        using TensorData data = new(null);
        var expected = data.Read(MessageReader.Tensor(File.ReadAllBytes(Path.Combine(folder, $"light_{name}_output_0.pb"))));
        Suite.Check(model.Forward(x), expected, random: false, 0);
    }
}
