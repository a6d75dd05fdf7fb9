using System.Text.Json;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Networks of whole numbers against the same that round to eight bits in PyTorch: tests/golden/families/quantized_models.py.</summary>
public class QuantizedModelsTests
{
    const int Classes = 7, Size = 64;
    static readonly JsonElement s_golden = Golden.Json("quantized_models");

    public static TheoryData<string> Names => [.. s_golden.EnumerateObject().Select(m => m.Name)];

    static Layer Filled(string name)
    {
        using var _ = Init.Skip();
        var net = VisionModels.Create(name, Classes);
        Formula.Fill(net, 1);
        return net.Eval();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void They_round_as_PyTorch_does(string name)
    {
        using var scope = Scope.Begin();
        using var off = Autograd.NoGrad();
        var golden = s_golden.GetProperty(name);
        float[] Numbers(string of) => [.. golden.GetProperty(of).EnumerateArray().Select(v => v.GetSingle())];
        float[] floats = Numbers("floats"), whole = Numbers("whole");
        var net = Filled(name);
        var x = Formula.Pictures(2, Size);
        float most = floats.Max(Math.Abs);
        foreach (var (a, b) in net.Forward(x).ToArray<float>().Zip(floats)) Assert.InRange((a - b) / most, -1e-4f, 1e-4f);
        long before = net.StateDict().Values.Sum(t => t.Numel * t.DType.Size());
        net = QuantizedModels.Of(net, [x]);
        Assert.Equal(golden.GetProperty("layers").GetInt32(), net.NamedModules().Count(m => m.Module is QuantizedConv2d or QuantizedLinear));
        // What lies between two whole numbers goes to one or the other by the last bit of a float, and that is seen by all layers after it.
        float[] seen = net.Forward(x).ToArray<float>();
        float apart = seen.Zip(whole, (a, b) => Math.Abs(a - b)).Max(), rounding = floats.Zip(whole, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(apart < 0.25f * rounding + 1e-4f * most, $"{apart} from PyTorch's whole numbers, which are {rounding} from floats of {most}");
        Assert.InRange(net.StateDict().Values.Sum(t => t.Numel * t.DType.Size()), 0, before / 2);
    }

    [Theory]
    [InlineData("mobilenet_v2"), InlineData("mobilenet_v3_large"), InlineData("mobilenet_v3_small")]
    public void One_call_makes_them(string name)
    {
        using var scope = Scope.Begin();
        using var seed = Generator.Use(new(1));
        var x = Formula.Pictures(2, Size);
        var net = QuantizedModels.Create(name, [x[..1], x[1..]], classes: 3);
        Assert.Equal([2, 3], net.Forward(x).Shape);
        Assert.All(net.NamedModules(), m => Assert.True(m.Module is not (Conv2d or Linear) or QuantizedConv2d or QuantizedLinear || m.Module is Conv2d { Weight: { Shape: [_, 1, ..] } }, m.Name));
        // A row has the same result in every batch.
        Assert.Equal(net.Forward(x)[1].ToArray<float>(), net.Forward(x[1..])[0].ToArray<float>());
        using var folder = new TemporaryFolder();
        net.Save(folder["net.safetensors"]);
        var other = QuantizedModels.Create(name, [Tensor.Zeros([1, 3, Size, Size])], classes: 3);
        other.Load(folder["net.safetensors"]);
        Assert.Equal(net.Forward(x).ToArray<float>(), other.Forward(x).ToArray<float>());
    }

    [Fact]
    public void What_has_seen_nothing_is_refused()
    {
        Assert.Contains("pictures", Assert.Throws<ArgumentException>(() => QuantizedModels.Create("mobilenet_v3_small", [], classes: 3)).Message, StringComparison.Ordinal);
        Assert.Contains("mobilenet_v2", Assert.Throws<ArgumentException>(() => QuantizedModels.Create("mobilenet", [])).Message, StringComparison.Ordinal);
    }
}
