using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Layers with several inputs or none of their own, bags, norms and parametrizations, against what PyTorch recorded of them.</summary>
public class FunctionGoldenTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["local_response_norm"] = c => [new LocalResponseNorm(c.Case.Int("size"), c.Case.Number("alpha", 1e-4), c.Case.Number("beta", 0.75), c.Case.Number("k", 1)).Forward(c[0])],
        ["rms_norm"] = c => [With(new RMSNorm(Shape.Create(c.Case.Ints("normalized_shape")!), c.Case.Number("eps")), c, "weight").Forward(c[0])],
        ["bilinear"] = c => [With(new Bilinear(2, 3, 4, bias: c.Named("bias") is not null), c, "weight", "bias").Forward(c[0], c[1])],
        ["embedding"] = c => [Vectors(c).Forward(c[0])],
        ["embedding_bag"] = c => [Bag(c).Forward(c[0], c.Named("offsets"), c.Named("per_sample_weights"))],
        ["normalize"] = c => [c[0].Normalize(c.Case.Number("p", 2), c.Case.Int("dim"), c.Case.Number("eps", 1e-12))],
        ["cosine_similarity"] = c => [c[0].CosineSimilarity(c[1], c.Case.Int("dim"), c.Case.Number("eps", 1e-8))],
        ["pairwise_distance"] = c => [c[0].PairwiseDistance(c[1], c.Case.Number("p", 2), c.Case.Number("eps", 1e-6), c.Case.Flag("keepdim"))],
        ["softmin"] = c => [new Softmin(1).Forward(c[0])],
        ["sparsemax"] = c => [new Sparsemax(1).Forward(c[0])],
        ["glu"] = c => [new GLU(c.Case.Int("dim")).Forward(c[0])],
        ["rrelu"] = c => [new RReLU(0.1, 0.4).Eval().Forward(c[0])],
        ["instance_norm"] = c => [Normed(c).Forward(c[0])],
        ["spectral_norm"] = c => Spectral(c),
        ["weight_norm"] = c => [Weighted(c)],
    };

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Values_and_gradients_are_those_of_PyTorch(string op) => GoldenCall.Check("layers", op, s_ops[op]);

    public static IEnumerable<object[]> Steps => Golden.Names("layers", "instance_norm_steps");

    [Theory, MemberData(nameof(Steps))]
    public void Instance_normalization_tracks_statistics_as_PyTorch_does(string family, string name)
    {
        var c = Golden.Open(family)[name];
        var x = c["input0"].Tensor;
        InstanceNorm layer = x.Rank switch
        {
            3 => new InstanceNorm1d(3, momentum: 0.3, affine: true, trackRunningStats: true), 4 => new InstanceNorm2d(3, momentum: 0.3, affine: true, trackRunningStats: true),
            _ => new InstanceNorm3d(3, momentum: 0.3, affine: true, trackRunningStats: true),
        };
        layer.To(DType.Float64).LoadStateDict(new Dictionary<string, Tensor> { ["weight"] = c["weight"].Tensor, ["bias"] = c["bias"].Tensor }, strict: false);
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], layer.StateDict().Keys.ToArray());
        for (int step = 0; step < 3; step++) layer.Forward(x * (step + 1));
        c["output0"].AssertNear(layer.Eval().Forward(x), 1e-11);
        c["output1"].AssertNear(layer.RunningMean!, 1e-12);
        c["output2"].AssertNear(layer.RunningVar!, 1e-12);
        Assert.Equal(layer.Forward(x)[0].ToArray<double>(), layer.Forward(x[0]).ToArray<double>());
    }

    static TModule With<TModule>(TModule module, GoldenCall c, params string[] names) where TModule : Module
    {
        module.To(c[0].DType == DType.Int64 ? c.Named(names[0])!.DType : c[0].DType);
        foreach (string name in names) if (c.Named(name) is { } tensor) StateSlot.Set(module, name, tensor);
        return module;
    }

    static Embedding Vectors(GoldenCall c) => Shared(new Embedding(5, 3, OrNull(c, "padding_idx"), OrNone(c, "max_norm"), c.Case.Number("norm_type", 2), c.Case.Flag("scale_grad_by_freq")), c);

    static EmbeddingBag Bag(GoldenCall c) => Shared(new EmbeddingBag(5, 3, Enum.Parse<BagMode>(c.Case.Text("mode")!, ignoreCase: true), OrNull(c, "padding_idx"), OrNone(c, "max_norm"), 2, c.Case.Flag("scale_grad_by_freq"), c.Case.Flag("include_last_offset")), c);

    /// <summary>The vectors lie where the gradient is expected: a bound on norms writes them in place, before they are used.</summary>
    static TModule Shared<TModule>(TModule module, GoldenCall c) where TModule : Module => With(module, c, "weight");

    static int? OrNull(GoldenCall c, string arg) => c.Case.Has(arg) ? c.Case.Int(arg) : null;

    static double? OrNone(GoldenCall c, string arg) => c.Case.Has(arg) ? c.Case.Number(arg) : null;

    static InstanceNorm Normed(GoldenCall c)
    {
        double eps = c.Case.Number("eps", 1e-5);
        InstanceNorm layer = c[0].Rank switch { 3 => new InstanceNorm1d(3, eps, affine: true), 4 => new InstanceNorm2d(3, eps, affine: true), _ => new InstanceNorm3d(3, eps, affine: true) };
        return With(layer, c, "weight", "bias");
    }

    static Layer Plain(GoldenCall c) => c.Case.Text("layer") == "conv" ? new Conv2d(3, 4, 2, bias: false) : new Linear(3, 4, bias: false);

    static Tensor[] Spectral(GoldenCall c)
    {
        var layer = Plain(c).To(c[0].DType).SpectralNorm();
        var holder = layer.Get("parametrizations.weight");
        layer.LoadStateDict(new Dictionary<string, Tensor> { ["parametrizations.weight.0._u"] = c.Named("u")!, ["parametrizations.weight.0._v"] = c.Named("v")! }, strict: false);
        Tensor u = layer.GetTensor("parametrizations.weight.0._u"), v = layer.GetTensor("parametrizations.weight.0._v");
        StateSlot.Set(holder, "original", c.Named("original"));
        return [c[0].Apply(layer), u, v];
    }

    static Tensor Weighted(GoldenCall c)
    {
        int? dim = c.Case.Args.GetProperty("dim").ValueKind == System.Text.Json.JsonValueKind.Null ? null : 0;
        var layer = Plain(c).To(c[0].DType).WeightNorm(dim: dim);
        var holder = layer.Get("parametrizations.weight");
        Assert.Equal(c.Named("g")!.Shape, layer.GetTensor("parametrizations.weight.original0").Shape);
        StateSlot.Set(holder, "original0", c.Named("g"));
        StateSlot.Set(holder, "original1", c.Named("v"));
        return c[0].Apply(layer);
    }
}
