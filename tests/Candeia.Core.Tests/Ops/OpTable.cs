namespace Candeia.Tests;

/// <summary>One line for each op; <see cref="OpTests"/> multiplies the lines by everything that must hold of any op.</summary>
static partial class OpTable
{
    /// <summary>An op, the shapes that it is tried on, and the interval from which its inputs come.</summary>
    public sealed record Row(string Name, Func<Tensor[], Tensor> Run, Shape[] Shapes, double Low = -2, double High = 2)
    {
        /// <summary>Whether any shape will do: the row is also tried on numbers and on nothing.</summary>
        public bool AnyShape { get; init; }

        /// <summary>Whether gradients flow.</summary>
        public bool Smooth { get; init; } = true;

        public override string ToString() => Name;
    }

    static Row One(string name, Func<Tensor, Tensor> op, double low = -2, double high = 2, bool smooth = true) => new(name, x => op(x[0]), [[2, 3, 4]], low, high) { AnyShape = true, Smooth = smooth };

    static Row Two(string name, Func<Tensor, Tensor, Tensor> op, double low = -2, double high = 2, bool smooth = true) => new(name, x => op(x[0], x[1]), [[2, 3, 4], [3, 1]], low, high) { AnyShape = true, Smooth = smooth };

    static Row On(string name, Func<Tensor[], Tensor> op, params Shape[] shapes) => new(name, op, shapes);

    /// <summary>What is no input of the table, beside the inputs.</summary>
    static Tensor On(Tensor[] x, Tensor constant) => constant.To(x[0].Device);

    static readonly ForeignDevice s_device = new();
    static readonly Tensor s_index = Tensor.From([1L, 0, 1, 0]);
    static readonly Tensor s_wrapping = Tensor.From([1L, 0, 1, -1]);
    static readonly Tensor s_mean = Tensor.From([0.3, 0.6]);
    static readonly Tensor s_even = Tensor.From([1L, 2, 0, 3]).Reshape(1, 2, 2);
    static readonly Tensor s_grid = Tensor.From([-0.9, 0.3, 0.4, 0.7, -0.2, -0.6, 1.3, 0.1]).Reshape(1, 2, 2, 2);
    static readonly Tensor s_labels = Tensor.From([1L, 2, 2, 0]).Reshape(2, 2), s_steps = Tensor.From([4L, 3]), s_counts = Tensor.From([2L, 1]);
    static readonly Tensor s_mask = Tensor.From([true, false, true]).Reshape(3, 1);

    /// <summary>The ops that users apply; nothing here needs more than the public surface, so that devices of other libraries are tried with it too.</summary>
    public static IReadOnlyList<Row> Applied { get; } =
    [
        .. Functions, .. Layouts, .. Statistics, .. Products,
        .. LinearAlgebra, .. SpecialFunctions, .. Transforms,
        One("abs", x => x.Abs()), One("neg", x => -x), One("sign", x => x.Sign()), One("square", x => x.Square()),
        One("exp", x => x.Exp()), One("expm1", x => x.Expm1()), One("log", x => x.Log(), 0.2, 3), One("log1p", x => x.Log1p(), -0.5, 3),
        One("sqrt", x => x.Sqrt(), 0.2, 3), One("rsqrt", x => x.Rsqrt(), 0.2, 3), One("reciprocal", x => x.Reciprocal(), 0.3, 3),
        One("sin", x => x.Sin()), One("cos", x => x.Cos()), One("tan", x => x.Tan(), -1, 1), One("atan", x => x.Atan()),
        One("sinh", x => x.Sinh()), One("cosh", x => x.Cosh()), One("tanh", x => x.Tanh()), One("sigmoid", x => x.Sigmoid()), One("erf", x => x.Erf()),
        One("relu", x => x.Relu()), One("leaky_relu", x => x.LeakyRelu()), One("elu", x => x.Elu()), One("selu", x => x.Selu()), One("celu", x => x.Celu()),
        One("gelu", x => x.Gelu()), One("gelu tanh", x => x.Gelu(GeluApproximation.Tanh)), One("silu", x => x.Silu()), One("softplus", x => x.Softplus()),
        One("log_sigmoid", x => x.LogSigmoid()), One("softsign", x => x.Softsign()), One("mish", x => x.Mish()), One("hardtanh", x => x.Hardtanh()),
        One("relu6", x => x.Relu6()), One("hardsigmoid", x => x.Hardsigmoid()), One("hardswish", x => x.Hardswish()), One("clamp", x => x.Clamp(-0.9, 1.1)),
        One("floor", x => x.Floor(), smooth: false), One("ceil", x => x.Ceil(), smooth: false), One("round", x => x.Round(), smooth: false), One("trunc", x => x.Trunc(), smooth: false),
        One("logical_not", x => (!x).To(x.DType), smooth: false), One("is_nan", x => x.IsNaN().To(x.DType), smooth: false), One("is_finite", x => x.IsFinite().To(x.DType), smooth: false),
        One("to", x => x.To(DType.Float64)), One("clone", x => x.Clone()), One("contiguous", x => x.Contiguous()), One("masked_fill", x => x.MaskedFill(x > 0.5, 7)),
        One("complex parts", x => Tensor.Complex(x, x * 2).Conj() is var z ? z.Real() * z.Imag() : z), One("magnitude", x => Tensor.Complex(x, x + 3).Abs()),
        One("angle", x => Tensor.Complex(x, x + 3).Angle()), Two("complex product", (a, b) => (Tensor.Complex(a, b) * Tensor.Complex(b, a * a)).Real()),
        One("complex power", x => Tensor.Complex(x, x + 3).Pow(2.5).Imag()),
        Two("complex quotient", (a, b) => (Tensor.Complex(a, b) / Tensor.Complex(b, a * a)).Imag(), 0.5, 2),
        Two("add", (a, b) => a + b), Two("subtract", (a, b) => a - b), Two("multiply", (a, b) => a * b), Two("divide", (a, b) => a / b, 0.5, 2),
        Two("pow", (a, b) => a.Pow(b), 0.5, 2), Two("maximum", (a, b) => a.Maximum(b)), Two("minimum", (a, b) => a.Minimum(b)), Two("atan2", (a, b) => a.Atan2(b), 0.3, 2),
        Two("remainder", (a, b) => a.Remainder(b), 0.5, 2, smooth: false), Two("fmod", (a, b) => a.Fmod(b), 0.5, 2, smooth: false), Two("floor_divide", (a, b) => a.FloorDivide(b), 0.5, 2, smooth: false),
        Two("where", (a, b) => (a > 0).Where(a, b)), Two("relu gradient", (a, b) => new ReluGradientOp().Apply(a, b.Detach())),
        Two(">", (a, b) => (a > b).To(a.DType), smooth: false), Two("<", (a, b) => (a < b).To(a.DType), smooth: false), Two("≥", (a, b) => (a >= b).To(a.DType), smooth: false),
        Two("≤", (a, b) => (a <= b).To(a.DType), smooth: false), Two("eq", (a, b) => a.Eq(b).To(a.DType), smooth: false), Two("ne", (a, b) => a.Ne(b).To(a.DType), smooth: false),
        Two("and", (a, b) => ((a > 0) & (b > 0)).To(a.DType), smooth: false), Two("or", (a, b) => ((a > 0) | (b > 0)).To(a.DType), smooth: false), Two("xor", (a, b) => ((a > 0) ^ (b > 0)).To(a.DType), smooth: false),
        On("sum", x => x[0].Sum(), [2, 3, 4]), On("sum 1", x => x[0].Sum(1), [2, 3, 4]), On("sum 0, 2", x => x[0].Sum([0, 2], keepDim: true), [2, 3, 4]), On("mean", x => x[0].Mean(0, -1), [2, 3, 4]),
        On("prod", x => x[0].Prod(1), [2, 3, 4]), On("amax", x => x[0].Amax(0, 2), [2, 3, 4]), On("amin", x => x[0].Amin(1), [2, 3, 4]), On("max", x => x[0].Max(1).Values, [2, 3, 4]),
        On("min", x => x[0].Min(-1, keepDim: true).Values, [2, 3, 4]), On("var", x => x[0].Var([1]), [2, 3, 4]), On("std", x => x[0].Std(), [2, 3, 4]),
        On("logsumexp", x => x[0].LogSumExp([1]), [2, 3, 4]), On("norm", x => x[0].Norm(dims: [2]), [2, 3, 4]), On("powers", x => new PowersOp([1], 3).Apply(x[0]), [2, 3, 4]),
        On("powers of distances", x => new PowersOp([0, 2], 2).Apply(x[0], x[0].Mean([0, 2], keepDim: true)), [2, 3, 4]), On("norm 3", x => x[0].Norm(3), [2, 3, 4]), On("cumsum", x => x[0].Cumsum(1), [2, 3, 4]),
        On("softmax", x => x[0].Softmax(1), [2, 3, 4]), On("log_softmax", x => x[0].LogSoftmax(-1), [2, 3, 4]), On("median", x => x[0].Median(1).Values, [2, 3, 4]),
        On("sort", x => x[0].Sort(1, descending: true).Values, [2, 3, 4]), On("top_k", x => x[0].TopK(2, 1).Values, [2, 3, 4]),
        On("argmax", x => x[0].ArgMax(1).To(x[0].DType), [2, 3, 4]) with { Smooth = false }, On("argsort", x => x[0].ArgSort(2).To(x[0].DType), [2, 3, 4]) with { Smooth = false },
        On("any", x => (x[0] > 1).Any(1).To(x[0].DType), [2, 3, 4]) with { Smooth = false }, On("all", x => (x[0] > -1).All(1).To(x[0].DType), [2, 3, 4]) with { Smooth = false },
        On("region", x => new RegionOp(x[0].Layout, x[0].Narrow(1, 1, 2).Layout).Apply(x[0]), [2, 3]), On("put", x => new PutOp(Layout.Of([2, 3]), Tensor.Empty([2, 3]).Narrow(1, 1, 2).Layout).Apply(x[0], x[1]), [2, 3], [2, 2]),
        On("checkpoint", x => Autograd.Checkpoint(h => h.Exp().Sin(), x[0]), [2, 3]), On("alias", x => new AliasOp().Apply(x[0]), [2, 3]), On("reshape", x => x[0].Reshape(4, -1), [2, 3, 4]), On("flatten", x => x[0].Flatten(1), [2, 3, 4]), On("permute", x => x[0].Permute(2, 0, 1), [2, 3, 4]), On("transpose", x => x[0].Transpose(0, -1), [2, 3, 4]),
        On("unsqueeze", x => x[0].Unsqueeze(1), [2, 3]), On("squeeze", x => x[0].Squeeze(), [2, 1, 3]), On("expand", x => x[0].Expand([2, 3, 4]), [3, 1]), On("slice", x => x[0][.., 1.., TensorIndex.Every(2)], [2, 3, 4]),
        On("box", x => new BoxOp((int[])[0, 1, 1], [2, 2, 2]).Apply(x[0]), [2, 3, 4]), On("unslice", x => new UnsliceOp(new(1, 1, 3), [2, 5]).Apply(x[0]), [2, 3]), On("select", x => x[0][1, ^1], [2, 3, 4]), On("flip", x => x[0].Flip(0, 2), [2, 3, 4]), On("roll", x => x[0].Roll(2, 1), [2, 3]),
        On("repeat", x => x[0].Repeat(2, 1, 2), [2, 3]), On("movedim", x => x[0].Movedim(0, 2), [2, 3, 4]), On("pad", x => x[0].Pad([1, 2, 0, 1], 3), [2, 3]), On("tril", x => x[0].Tril(), [3, 4]), On("triu", x => x[0].Triu(1), [3, 4]),
        On("split", x => x[0].Split(2, 1)[1], [2, 3]), On("chunk", x => x[0].Chunk(2, 0)[1], [3, 2]), On("cat", x => Tensor.Cat([x[0], x[1]], 1), [2, 3], [2, 1]), On("stack", x => Tensor.Stack([x[0], x[1]], 1), [2, 3], [2, 3]),
        On("channels_last", x => x[0].ChannelsLast(), [2, 3, 4, 5]),
        On("index_select", x => x[0].IndexSelect(0, On(x, s_index)), [2, 3]), On("index_select 1", x => x[0].IndexSelect(1, On(x, s_index)), [2, 3, 2]), On("gather", x => x[0].Gather(0, On(x, s_index.Reshape(2, 2))), [2, 3]),
        On("take_along_dim", x => x[0].TakeAlongDim(On(x, s_index.Reshape(4, 1)), 1), [1, 3]),
        On("scatter_add", x => x[0].ScatterAdd(0, On(x, s_index.Reshape(2, 2)), x[1]), [2, 3], [2, 3]), On("scatter", x => x[0].Scatter(0, On(x, s_index.Reshape(2, 2)), x[1]), [2, 3], [2, 2]),
        On("scatter, last stays", x => x[0].Scatter(1, On(x, s_index.Reshape(1, 4)), x[1]), [2, 3], [1, 5]), On("scatter a number", x => x[0].Scatter(1, On(x, s_index.Reshape(1, 4)), 7), [2, 3]),
        On("index_add", x => x[0].IndexAdd(1, On(x, s_index), x[1], 2), [2, 3], [2, 4]), On("index_copy", x => x[0].IndexCopy(0, On(x, s_index), x[1]), [2, 3], [4, 3]), On("index_fill", x => x[0].IndexFill(0, On(x, Tensor.From([1L])), 5), [3, 2]),
        On("masked_select", x => x[0].MaskedSelect(On(x, s_mask)), [3, 2]), On("pick", x => x[0][On(x, s_wrapping), .., 1], [2, 3, 4]), On("pick pairs", x => x[0][.., On(x, s_wrapping), On(x, s_index.Unsqueeze(1))], [2, 3, 4]),
        On("pick apart", x => x[0][On(x, s_wrapping), .., On(x, s_index)], [2, 3, 4]),
        On("index_put", x => new IndexPutOp([0, 2]).Apply(x[0], x[1], On(x, s_index[..2]), On(x, s_index[..2])), [3, 2, 2], [2, 2]), On("index_put, last stays", x => new IndexPutOp([0]).Apply(x[0], x[1], On(x, s_wrapping)), [2, 3], [4, 3]),
        On("index_put, adding", x => new IndexPutOp([1], Accumulate: true).Apply(x[0], x[1], On(x, s_wrapping)), [2, 3], [2, 1]),
        On("kth_value", x => x[0].KthValue(2, 1).Values, [2, 3, 4]), On("median of all", x => x[0].Median(), [2, 3, 4]), On("top_k, smallest, in no order", x => x[0].TopK(3, 2, largest: false, sorted: false).Values.Sum(-1), [2, 3, 4]),
        On("count_nonzero", x => (x[0] > 1).CountNonZero().To(x[0].DType), [2, 3, 4]) with { Smooth = false }, On("nonzero", x => (x[0] > 1).NonZero().To(x[0].DType), [2, 3, 4]) with { Smooth = false },
        On("one_hot", x => (x[0] > 1).To(DType.Int64).OneHot(3).To(x[0].DType), [2, 3]) with { Smooth = false },
        On("matmul", x => x[0].MatMul(x[1]), [2, 3], [3, 4]), On("matmul batched", x => x[0].MatMul(x[1]), [2, 1, 2, 3], [4, 3, 2]), On("matmul vector", x => x[0].MatMul(x[1]), [2, 3], [3]), On("dot", x => x[0].MatMul(x[1]), [3], [3]),
        On("linear", x => x[0].Linear(x[1], x[2]), [2, 3], [4, 3], [4]), On("linear, relu", x => x[0].Linear(x[1], x[2]).Relu(), [5, 3], [4, 3], [4]),
        On("conv1d", x => x[0].Conv1d(x[1], x[2], padding: 1), [2, 3, 5], [4, 3, 3], [4]), On("conv_tbc", x => x[0].ConvTbc(x[1], x[2], 1), [5, 2, 3], [3, 3, 4], [4]), On("conv2d", x => x[0].Conv2d(x[1], x[2], stride: 2, padding: 1), [2, 2, 5, 4], [3, 2, 3, 3], [3]),
        On("conv2d groups", x => x[0].Conv2d(x[1], groups: 2, dilation: 2), [1, 4, 6, 5], [4, 2, 2, 2]), On("conv2d, relu", x => x[0].Conv2d(x[1], x[2]).Relu(), [1, 2, 4, 4], [3, 2, 3, 3], [3]),
        On("conv2d, relu, average", x => x[0].Conv2d(x[1], x[2]).Relu().AvgPool2d(2), [1, 2, 6, 6], [3, 2, 3, 3], [3]), On("conv2d, max", x => x[0].Conv2d(x[1], x[2]).MaxPool2d(2), [1, 2, 6, 6], [3, 2, 3, 3], [3]),
        On("conv_transpose2d", x => x[0].ConvTranspose2d(x[1], x[2], stride: 2, padding: 1), [1, 3, 3, 4], [3, 2, 3, 3], [2]),
        On("conv_transpose1d", x => x[0].ConvTranspose1d(x[1], x[2], stride: 2), [1, 3, 4], [3, 2, 3], [2]),
        On("conv3d", x => x[0].Conv3d(x[1], x[2], stride: (2, 1, 1), padding: 1), [1, 2, 3, 4, 3], [3, 2, 2, 3, 2], [3]),
        On("avg_pool3d", x => x[0].AvgPool3d(2), [1, 2, 4, 4, 3]), On("max_pool3d", x => x[0].MaxPool3d((2, 3, 2), stride: 1), [1, 2, 3, 4, 3]),
        On("conv2d weight gradient", x => new Conv2dWeightGradientOp(new(1, 0, 1, 1), [3, 2, 3, 3]).Apply(x[0], x[1]), [1, 2, 5, 4], [1, 3, 3, 2]),
        On("avg_pool2d", x => x[0].AvgPool2d(3, stride: 2, padding: 1, countIncludePad: false), [2, 2, 5, 6]), On("max_pool2d", x => x[0].MaxPool2d(3, stride: 2, padding: 1), [2, 2, 5, 6]),
        On("avg_pool2d gradient", x => new AvgPool2dGradientOp(new(new(2, 2, 0, 1, false)), [1, 2, 4, 4]).Apply(x[0]), [1, 2, 2, 2]), On("adaptive_avg_pool2d", x => x[0].AdaptiveAvgPool2d((2, 3)), [1, 2, 5, 4]),
        On("max_pool1d", x => x[0].MaxPool1d(3, stride: 2, padding: 1), [2, 3, 7]), On("avg_pool1d", x => x[0].AvgPool1d(3, stride: 2, ceilMode: true), [2, 3, 6]), On("lp_pool2d", x => x[0].LpPool2d(2, 2), [1, 2, 4, 5]),
        On("max_pool2d with indices", x => x[0].MaxPool2dWithIndices(2, stride: 1).Values, [2, 2, 4, 5]), On("adaptive_max_pool2d", x => x[0].AdaptiveMaxPool2d((2, 3)), [1, 2, 5, 4]),
        On("adaptive_avg_pool3d", x => x[0].AdaptiveAvgPool3d((2, 3, 2)), [1, 2, 3, 4, 5]), On("fractional_max_pool2d", x => x[0].FractionalMaxPool2d(2, 3, generator: new Generator(5)).Values, [1, 2, 6, 5]),
        On("max_unpool1d", x => x[0].MaxUnpool1d(On(x, s_even), 2), [1, 2, 2]), On("resample", x => new ResampleOp(1, Taps.Choose(3, [2, 0, 0, 1])).Apply(x[0]), [2, 3, 4]),
        On("resample last", x => new ResampleOp(2, Taps.Choose(4, [3, 3, 0])).Apply(x[0]), [2, 3, 4]), On("pad reflect", x => x[0].Pad([1, 2, 0, 1], PaddingMode.Reflect), [3, 4]),
        On("interpolate", x => x[0].Interpolate([5, 3], Interpolation.Linear), [1, 2, 3, 4]), On("interpolate channels-last", x => x[0].ChannelsLast().Interpolate([5, 3], Interpolation.Cubic), [1, 2, 3, 4]),
        On("unfold2d", x => x[0].Unfold2d(2, padding: 1), [1, 2, 3, 4]), On("fold2d", x => x[0].Fold2d((3, 4), 2, padding: 1), [1, 8, 20]), On("pixel_shuffle", x => x[0].PixelShuffle(2), [1, 8, 2, 3]),
        On("grid_sample", x => x[0].GridSample(On(x, s_grid).To(x[0].DType)), [1, 2, 3, 4]), On("conv_transpose3d", x => x[0].ConvTranspose3d(x[1], x[2], stride: 2), [1, 2, 2, 2, 3], [2, 2, 2, 2, 2], [2]),
        On("batch_norm", x => x[0].BatchNorm(null, null, training: true, x[1], x[2]), [3, 2, 4, 3], [2], [2]),
        On("batch_norm, relu", x => x[0].BatchNorm(null, null, training: true, x[1], x[2]).Relu(), [3, 2, 4, 3], [2], [2]),
        On("batch_norm, relu6, average", x => x[0].BatchNorm(null, null, training: true, x[1], x[2]).Relu6().AvgPool2d(2), [3, 2, 5, 4], [2], [2]),
        On("batch_norm, max", x => x[0].BatchNorm(null, null, training: true, x[1], x[2]).MaxPool2d(2), [3, 2, 4, 5], [2], [2]),
        On("batch_norm, added, relu", x => (x[0].BatchNorm(null, null, training: true, x[1], x[2]) + x[3]).Relu(), [3, 2, 4, 3], [2], [2], [3, 2, 4, 3]),
        On("batch_norm by running statistics", x => x[0].BatchNorm(On(x, s_mean).To(x[0].DType), On(x, s_mean + 1).To(x[0].DType), training: false, x[1], x[2]), [3, 2, 4], [2], [2]),
        On("layer_norm", x => x[0].LayerNorm([3, 4], x[1], x[2]), [2, 3, 4], [3, 4], [3, 4]), On("layer_norm plain", x => x[0].LayerNorm([5]), [3, 5]),
        On("group_norm", x => x[0].GroupNorm(2, x[1], x[2]), [2, 4, 3, 2], [4], [4]), On("instance_norm", x => x[0].GroupNorm(3), [2, 3, 4]),
        Two("binary_cross_entropy", (p, t) => new BinaryCrossEntropyOp().Apply(p, t), 0.1, 0.9),
        On("cross_entropy", x => new CrossEntropyOp(-100).Apply(x[0], On(x, s_index.Abs())), [4, 3]),
        On("ctc", x => new CtcOp(0, false).Apply(x[0].LogSoftmax(2), On(x, s_labels), On(x, s_steps), On(x, s_counts)), [4, 2, 3]),
        One("hardshrink", x => x.Hardshrink()), One("softshrink", x => x.Softshrink()), One("tanhshrink", x => x.Tanhshrink()), One("threshold", x => x.Threshold(0.3, -1)), One("rrelu", x => x.Rrelu()),
        On("glu", x => x[0].Glu(1), [2, 4, 3]), On("swiglu", x => x[0].SwiGlu(), [2, 4]), On("sparsemax", x => x[0].Sparsemax(1), [3, 5]),
        On("normalize", x => x[0].Normalize(), [3, 4]), On("cosine_similarity", x => x[0].CosineSimilarity(x[1]), [3, 4], [3, 4]), On("pairwise_distance", x => x[0].PairwiseDistance(x[1]), [3, 4], [3, 4]),
        On("rms_norm", x => x[0].RmsNorm([3, 4], x[1]), [2, 3, 4], [3, 4]), On("local_response_norm", x => x[0].LocalResponseNorm(3, 0.5), [2, 4, 3]),
        On("dropout", x => x[0].Dropout(0.4, training: true, new Generator(3)), [2, 3, 4]), On("transfer", x => x[0].To(s_device).To(Device.Cpu), [2, 3]),
    ];
}
