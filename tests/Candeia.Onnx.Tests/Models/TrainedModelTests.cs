using Candeia.Data;
using Candeia.Datasets;

namespace Candeia.Onnx.Tests;

/// <summary>Networks that others have trained, with what their owners say of them.</summary>
public sealed class TrainedModelTests
{
    [SkippableTheory]
    [InlineData("models/mnist-burn/mnist.onnx", 9916, 1 / 0.3081, 0.1307 / 0.3081)]
    [InlineData("models/mnist-winml/mnist.onnx", 9891, 255, 0)]
    [InlineData("suites/onnx/mnist-8.onnx", 9891, 255, 0)]
    public void Digits_are_recognized(string file, int right, double scale, double less)
    {
        var model = OnnxModel.Load(SharedFolder.Require(file));
        string folder = Path.GetDirectoryName(SharedFolder.Require("suites/mnist/t10k-images-idx3-ubyte.gz"))!;
        int count = 0;
        using var _ = Autograd.NoGrad();
        // A file may have its batch fixed to one picture.
        int batch = model.Inputs[0].Dims[0] == "1" ? 1 : 100;
        foreach (var (x, y) in new Mnist(folder, split: MnistSplit.Test, source: DataSource.Folder).Loader(batch))
        {
            using var scope = Scope.Begin();
            count += (int)model.Forward(x * scale - less).Reshape(batch, 10).ArgMax(1).Eq(y).Sum().Item();
        }
        Assert.InRange(count, right - 1, right + 1);
    }

    [SkippableFact]
    public void The_first_logits_of_a_trained_network_are_known()
    {
        var model = OnnxModel.Load(SharedFolder.Require("suites/onnx/mnist-8.onnx"));
        byte[] bytes = File.ReadAllBytes(SharedFolder.Require("suites/onnx/mnist8-first100-logits.f32"));
        var expected = Tensor.Empty([100, 10]);
        expected.WriteBytes(bytes.CopyTo);
        string folder = Path.GetDirectoryName(SharedFolder.Require("suites/mnist/t10k-images-idx3-ubyte.gz"))!;
        using var _ = Autograd.NoGrad();
        var x = new Mnist(folder, split: MnistSplit.Test, source: DataSource.Folder).Loader(100).Peek().X * 255;
        var logits = Tensor.Cat([.. x.Split(1).Select(one => model.Forward(one))]);
        Suite.Check(logits, expected, random: false, 0, absolute: 0.05);
    }

    [SkippableFact]
    public void A_face_detector_gives_scores_and_boxes()
    {
        var model = OnnxModel.Load(SharedFolder.Require("models/face/version-RFB-320.onnx"));
        using var _ = Autograd.NoGrad();
        var outputs = model.Run(Tensor.Rand([1, 3, 240, 320], generator: new(1)) * 2 - 1);
        Assert.Equal<Shape>([1, 4420, 2], outputs[0].Shape);
        Assert.Equal<Shape>([1, 4420, 4], outputs[1].Shape);
        Assert.All(outputs[0].Sum([2], keepDim: false).ToArray<float>(), p => Assert.Equal(1, p, 1e-5));
    }

    [SkippableTheory]
    [InlineData("silero_vad.onnx", 1e-6)]
    [InlineData("silero_vad_16k_op15.onnx", 1e-5)]
    public void A_voice_detector_remembers_what_it_has_heard(string file, double close)
    {
        var model = OnnxModel.Load(SharedFolder.Require($"models/silero/{file}"));
        var reference = OnnxModel.Load(SharedFolder.Require("models/silero/silero_vad.onnx"));
        using var _ = Autograd.NoGrad();
        var (state, expected) = (Tensor.Zeros([2, 1, 128]), Tensor.Zeros([2, 1, 128]));
        var rate = Tensor.Scalar(16000L, DType.Int64);
        for (int i = 0; i < 3; i++)
        {
            var x = (Tensor.Arange(576) * (0.05 + 0.03 * i)).Sin().To(DType.Float32).Reshape(1, 576) * 0.3;
            var now = model.Run([.. new[] { x, state, rate }.Take(model.Inputs.Length)]);
            var other = reference.Run(x, expected, rate);
            Assert.Equal(other[0].Item(), now[0].Item(), close);
            Assert.InRange(now[0].Item(), 0, 1);
            (state, expected) = (now[1], other[1]);
        }
        Assert.True((state - expected).Abs().Max().Item() <= close);
        Assert.True(state.Abs().Max().Item() > 0.01);
    }
}
