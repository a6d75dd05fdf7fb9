using Candeia.NN;

namespace Candeia.Tests;

public class LayerGoldenTests
{
    public static IEnumerable<object[]> Cases => Golden.Names("layers", "batch_norm", "batch_norm_steps", "layer_norm", "group_norm", "prelu");

    [Theory, MemberData(nameof(Cases))]
    public void Values_gradients_and_statistics_are_those_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        var layer = Make(c, c["input0"].Tensor.Shape);
        Check(c, layer, layer.Forward);
    }

    public static IEnumerable<object[]> Pictures => Golden.Names("layers", "batch_norm", "batch_norm_steps").Where(n => Golden.Open((string)n[0])[(string)n[1]]["input0"].Tensor.Rank == 4);

    [Theory, MemberData(nameof(Pictures))]
    public void Volumes_are_normalized_like_pictures_with_the_same_pixels(string family, string name)
    {
        var c = Golden.Open(family)[name];
        foreach (int dim in (int[])[2, 4])                                     // pictures that are one deep, and such as are one wide
        {
            var layer = Make(c, c["input0"].Tensor.Unsqueeze(dim).Shape);
            Assert.IsType<BatchNorm3d>(layer);
            Check(c, layer, x => layer.Forward(x.Unsqueeze(dim)).Squeeze(dim));
        }
    }

    static void Check(GoldenCase c, Layer layer, Func<Tensor, Tensor> forward)
    {
        var x = c["input0"].Tensor;
        layer.To(DType.Float64);
        var state = layer.StateDict().Where(s => c.Find(s.Key) is not null).ToDictionary(s => s.Key, s => c[s.Key].Tensor);
        layer.LoadStateDict(state, strict: false);
        if (c.Op == "batch_norm_steps")
        {
            for (int step = 0; step < c.Int("steps"); step++) forward(x * (step + 1));
            layer.Eval();
        }
        if (c.Has("training") && !c.Flag("training")) layer.Eval();
        x.RequiresGrad = true;
        var y = forward(x);
        c.Output.AssertNear(y, 1e-11);
        var buffers = layer.Buffers();
        for (int i = 1; i < c.Outputs.Count; i++) c.Outputs[i].AssertNear(buffers[i - 1], 1e-12);
        if (!c.HasGrad) return;
        y.Backward(c["grad_output0"].Tensor);
        c["grad0"].AssertNear(x.Grad!, 1e-10);
        foreach (var (key, parameter) in layer.NamedParameters())
            if (c.Find($"grad_{key}") is { } grad) grad.AssertNear(parameter.Grad!, 1e-10);
    }

    static Layer Make(GoldenCase c, Shape x)
    {
        double eps = c.Number("eps", 1e-5);
        bool affine = c.Find("weight") is not null, tracks = c.Op == "batch_norm_steps" || c.Find("running_mean") is not null;
        double? momentum = c.Has("momentum") && c.Args.GetProperty("momentum").ValueKind == System.Text.Json.JsonValueKind.Null ? null : c.Number("momentum", 0.1);
        return c.Op switch
        {
            "layer_norm" => new LayerNorm(Shape.Create(c.Ints("normalized_shape")!), eps, affine),
            "group_norm" => new GroupNorm(c.Int("num_groups"), x[1], eps, affine),
            "prelu" => new PReLU(c["weight"].Shape[0]),
            _ when x.Rank == 5 => new BatchNorm3d(x[1], eps, momentum, affine, tracks),
            _ => x.Rank == 4 ? new BatchNorm2d(x[1], eps, momentum, affine, tracks) : new BatchNorm1d(x[1], eps, momentum, affine, tracks),
        };
    }
}
