namespace Candeia.Tests;

/// <summary>
/// One line for each op that is the gradient of another: what it is applied to, and the constants that it reads besides. <see
/// cref="GradientOpTests"/> and, by <see cref="OpTable"/>, <see cref="OpTests"/> multiply the lines.
/// </summary>
static class GradientOpTable
{
    /// <param name="Name">The line.</param>
    /// <param name="Op">The op for the gradients that are wanted.</param>
    /// <param name="Apply">Applies it to the inputs.</param>
    /// <param name="Inputs">All inputs of the op, from tensors of the shapes.</param>
    /// <param name="Shapes">What varies, and has second derivatives.</param>
    public sealed record Row(string Name, Func<Wanted, GradientOp> Op, Func<GradientOp, Tensor[], Tensor?[]> Apply, Func<Tensor[], Tensor[]> Inputs,
        params Shape[] Shapes)
    {
        /// <summary>Whether one can ask for some of the gradients only.</summary>
        public bool Chooses => Op(Wanted.Input) is WeightedGradientsOp;

        /// <summary>Whether there are a weight and a bias.</summary>
        public bool Weighted { get; init; } = true;
    }

    const Wanted All = Wanted.Input | Wanted.Weight | Wanted.Bias;
    static readonly Tensor s_mean = Tensor.From([0.3, 0.6]), s_targets = Tensor.From([1L, 0, 2, -100]);

    static readonly Tensor s_bias = Tensor.From([0.2, -0.1, 0.4]);

    static readonly Tensor s_labels = Tensor.From([1L, 2, 2, 0]).Reshape(2, 2), s_steps = Tensor.From([4L, 3]), s_counts = Tensor.From([2L, 1]);

    static Row Norm(string name, Func<Wanted, WeightedGradientsOp> op, Func<Tensor[], (Tensor Mean, Tensor Factor)> moments, params Shape[] shapes) =>
        new(
        name, op,
        (o, x) => o switch
        {
            LayerNormGradientsOp layer => layer.Apply(x[0], x[1], x[2], x[3], x.Length > 4 ? x[4] : null),
            GroupNormGradientsOp group => group.Apply(x[0], x[1], x[2], x[3], x.Length > 4 ? x[4] : null),
            var batch => ((BatchNormGradientsOp)batch).Apply(x[0], x[1], x[2], x[3], x.Length > 4 ? x[4] : null, x.Length > 5 ? x[5] : null),
        },
        x => moments(x) is var (mean, factor) && x.Length > 2 ? [x[0], x[1], mean, factor, x[2]] : [x[0], x[1], mean, factor],
        shapes) { Weighted = shapes.Length > 2 };

    static (Tensor, Tensor) Moments(Tensor x, bool factor)
    {
        using var noGrad = Autograd.NoGrad();
        var (mean, variance) = (x.Mean([-1]), x.Var([-1], correction: 0));
        return (mean, factor ? (variance + 1e-5).Rsqrt() : variance);
    }

    /// <summary>Mean and variance of each channel.</summary>
    static (Tensor, Tensor) OfChannels(Tensor x) => Moments(x.Detach().Movedim(1, 0).Flatten(1), factor: false);

    /// <summary>Mean and 1 / √(variance + ε) of each group, for each of its channels.</summary>
    static (Tensor, Tensor) OfGroups(Tensor x, int groups)
    {
        var (mean, factor) = Moments(x.Detach().Reshape(x.Shape[0], groups, -1), factor: true);
        Tensor Each(Tensor t) => t.Unsqueeze(-1).Expand([x.Shape[0], groups, x.Shape[1] / groups]).Reshape(x.Shape[0], x.Shape[1]);
        return (Each(mean), Each(factor));
    }

    static Row Convolution(string name, ConvGeometry geometry, bool relu, ConvPool pool, Shape x, Shape weight)
    {
        var y = geometry.Output(x, weight, null);
        Shape grad = pool == ConvPool.None ? y : [y[0], y[1], y[2] / 2, y[3] / 2];
        var g = new Generator(31);
        Tensor[] passing = [Tensor.Randn(x, DType.Float64, g), Tensor.Randn(weight, DType.Float64, g)];
        Tensor Passed(DType dtype)                                           // as the forward pass leaves it
        {
            Tensor[] inputs = [passing[0].To(dtype), passing[1].To(dtype)];
            FusedConv2dOp op = new(new Conv2dOp(geometry)) { Relu = relu, Pool = pool };
            Tensor[] outputs = [new Tensor(Device.Cpu.Reserve(Layout.Of(grad), dtype), Layout.ChannelsLast(grad), dtype),
                .. op.Saves(inputs).Select(s => Device.Cpu.Empty(s.Layout, s.DType))];
            new OpCall(op, inputs, outputs).Compute();
            return outputs[^1];
        }
        return new(name, wanted => new Conv2dGradientsOp(geometry, wanted) { Relu = relu, Pool = pool },
            (o, t) => ((Conv2dGradientsOp)o).Apply(t[0], t[1], t[2], null, t.Length > 3 ? t[3] : null),
            t => relu || pool != ConvPool.None ? [.. t, Passed(t[0].DType)] : t, grad, x, weight);
    }

    /// <summary>A normalization that bounds and pooling follow in the same pass.</summary>
    static Row Followed(string name, ConvPool pool, double? ceiling)
    {
        Shape x = [2, 3, 5, 7], grad = pool == ConvPool.None ? x : [2, 3, 2, 3];
        var row = Norm(name, wanted => new BatchNormGradientsOp(1e-5, true, wanted) { Relu = ceiling is not null, Ceiling = ceiling ?? double.PositiveInfinity, Pool = pool },
            t => OfChannels(t[1]), grad, x, [3]);
        return row with { Inputs = t => [.. row.Inputs(t), s_bias.To(t[0].DType)] };
    }

    static Row Activation(string name, ActivationGradientOp op) => new(name, _ => op, (_, x) => [op.Apply(x[0], x[1])], x => x, [2, 3, 4], [2, 3, 4]);

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("linear gradients", wanted => new LinearGradientsOp(wanted), (o, x) => ((LinearGradientsOp)o).Apply(x[0], x[1], x[2]), x => x, [5, 4],
            [5, 3], [4, 3]),
        Convolution("conv2d gradients", new(2, 1, 1, 1), relu: false, ConvPool.None, [2, 2, 5, 4], [3, 2, 3, 3]),
        Convolution("conv2d gradients of groups", new(1, 0, 2, 2), relu: false, ConvPool.None, [1, 4, 6, 5], [4, 2, 2, 2]),
        Convolution("conv2d, relu gradients", new(1, 1, 1, 1), relu: true, ConvPool.None, [1, 2, 4, 4], [3, 2, 3, 3]),
        Convolution("conv2d, average gradients", new(1, 0, 1, 1), relu: false, ConvPool.Average, [1, 2, 7, 6], [3, 2, 3, 3]),
        Convolution("conv2d, relu, max gradients", new(1, 0, 1, 1), relu: true, ConvPool.Max, [2, 2, 6, 7], [35, 2, 3, 3]),
        Convolution("conv2d, relu, average gradients of groups", new(1, 0, 1, 2), relu: true, ConvPool.Average, [1, 4, 6, 6], [40, 2, 3, 3]),
        Convolution("conv2d, max gradients of each channel", new(1, 0, 1, 3), relu: false, ConvPool.Max, [1, 3, 6, 6], [3, 1, 3, 3]),
        Norm("batch_norm gradients", wanted => new BatchNormGradientsOp(1e-5, true, wanted), x => OfChannels(x[1]), [3, 2, 4, 3], [3, 2, 4, 3], [2]),
        Norm("batch_norm gradients by running statistics", wanted => new BatchNormGradientsOp(1e-5, false, wanted),
            x => (s_mean.To(x[0].DType), (s_mean + 1).To(x[0].DType)), [3, 2, 4], [3, 2, 4], [2]),
        Norm("layer_norm gradients", wanted => new LayerNormGradientsOp(2, 1e-5, wanted), x => Moments(x[1].Detach().Flatten(1), factor: true),
            [2, 3, 4], [2, 3, 4], [3, 4]),
        Norm("layer_norm gradients, plain", wanted => new LayerNormGradientsOp(1, 1e-5, wanted), x => Moments(x[1].Detach(), factor: true), [3, 5],
            [3, 5]),
        Norm("group_norm gradients", wanted => new GroupNormGradientsOp(2, 1e-5, wanted), x => OfGroups(x[1], 2), [2, 4, 3, 2], [2, 4, 3, 2], [4]),
        Norm("group_norm gradients, plain", wanted => new GroupNormGradientsOp(3, 1e-5, wanted), x => OfGroups(x[1], 3), [2, 3, 4], [2, 3, 4]),
        Followed("batch_norm, relu gradients", ConvPool.None, double.PositiveInfinity),
        Followed("batch_norm, relu6 gradients", ConvPool.None, 0.7), Followed("batch_norm, average gradients", ConvPool.Average, null),
        Followed("batch_norm, relu, max gradients", ConvPool.Max, double.PositiveInfinity), Followed("batch_norm, max gradients", ConvPool.Max, null),
        Followed("batch_norm, relu6, average gradients", ConvPool.Average, 0.7),
        new("softmax gradient", _ => new SoftmaxGradientOp(false), (o, x) => [((SoftmaxGradientOp)o).Apply(x[0], x[1])], x => x, [2, 3, 4],
            [2, 3, 4]),
        new("log_softmax gradient", _ => new SoftmaxGradientOp(true), (o, x) => [((SoftmaxGradientOp)o).Apply(x[0], x[1])], x => x, [3, 5], [3, 5]),
        new("cross_entropy gradient", _ => new CrossEntropyGradientOp(-100), (o, x) => [((CrossEntropyGradientOp)o).Apply(x[0], x[1], x[2])],
            x => [x[0], x[1], s_targets], [4], [4, 3]),
        new("ctc gradient", _ => new CtcGradientOp(new CtcOp(0, false)), (o, x) => [((CtcGradientOp)o).Apply(x[0], x[1], x[2], x[3], x[4])],
            x => [x[0], x[1], s_labels, s_steps, s_counts], [2], [4, 2, 3]),
        Activation("sigmoid gradient", new SigmoidGradientOp()), Activation("tanh gradient", new TanhGradientOp()),
            Activation("silu gradient", new SiluGradientOp()),
        Activation("gelu gradient", new GeluGradientOp(GeluApproximation.None)),
            Activation("gelu tanh gradient", new GeluGradientOp(GeluApproximation.Tanh)),
        Activation("clamp gradient", new ClampGradientOp(-0.6, 0.8, true)), Activation("hardtanh gradient", new ClampGradientOp(-0.6, 0.8, false)),
        .. new ActivationOp[] { new LeakyReluOp(0.1), new EluOp(1.5, 0.5, 2), new HardsigmoidOp(), new HardswishOp(), new SoftplusOp(2), new LogSigmoidOp(), new MishOp() }
            .Select(op => Activation($"{op} gradient", new SlopeOp(op))),
        new("powers gradient", _ => new PowersGradientOp(3), (o, x) => [((PowersGradientOp)o).Apply(x[0], x[1], null)], x => [x[0], x[1]], [3, 4], [3, 4]),
        new("distances gradient", _ => new PowersGradientOp(2), (o, x) => [((PowersGradientOp)o).Apply(x[0], x[1], x[2])], x => [x[0], x[1], x[2]], [3, 4], [3, 4], [3, 1]),
        .. SequenceOps.Gradients,
    ];

    /// <summary>The lines as ops with one result: all gradients in a row.</summary>
    public static IEnumerable<OpTable.Row> AsOps => Rows.Select(row => new OpTable.Row(row.Name, x =>
    {
        var op = row.Op(row.Weighted ? All : Wanted.Input);
        return Tensor.Cat([.. row.Apply(op, row.Inputs(x)).OfType<Tensor>().Select(t => t.Flatten())]);
    }, row.Shapes));
}

static partial class OpTable
{
    /// <summary>All ops.</summary>
    public static IReadOnlyList<Row> Rows => field ??= [.. Applied, .. SequenceOps.Rows, .. GradientOpTable.AsOps];
}
