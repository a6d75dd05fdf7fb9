using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Onnx.Tests;

/// <summary>Layers and networks with an input for each.</summary>
static class LayerCases
{
    static readonly Generator s_random = new(3);

    // Sequences with the batch behind the steps: that of the example is the first size.
    static Tensor Steps(int steps, int features) => Random(steps, 1, features);

    static Layer Begun(Layer layer, Tensor x)
    {
        layer.Forward(x);
        return layer;
    }

    static Tensor Random(params int[] shape) => Tensor.Randn(Shape.Create(shape), generator: s_random);

    public static IReadOnlyDictionary<string, (Func<Layer> Make, Func<Tensor> Input)> All { get; } = new Dictionary<string, (Func<Layer>, Func<Tensor>)>
    {
        ["Linear"] = (() => new Linear(5, 3), () => Random(2, 5)),
        ["Linear of sequences"] = (() => new Linear(5, 3), () => Random(2, 4, 5)),
        ["Linear without bias"] = (() => new Linear(5, 3, bias: false), () => Random(2, 5)),
        ["Conv1d"] = (() => new Conv1d(3, 4, 3, stride: 2, padding: 1), () => Random(2, 3, 9)),
        ["Conv2d"] = (() => new Conv2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 0), groups: 2), () => Random(2, 4, 7, 8)),
        ["Conv2d of the same size"] = (() => new Conv2d(3, 4, 4, padding: ConvPadding.Same), () => Random(2, 3, 7, 8)),
        ["Conv2d with gaps"] = (() => new Conv2d(3, 4, 3, dilation: 2, bias: false), () => Random(2, 3, 9, 8)),
        ["Conv3d"] = (() => new Conv3d(2, 3, 2, padding: 1), () => Random(2, 2, 4, 5, 4)),
        ["ConvTranspose1d"] = (() => new ConvTranspose1d(3, 4, 3, stride: 2, padding: 1, outputPadding: 1), () => Random(2, 3, 5)),
        ["ConvTranspose2d"] = (() => new ConvTranspose2d(4, 6, 3, stride: 2, padding: 1, outputPadding: 1, groups: 2), () => Random(2, 4, 5, 6)),
        ["MaxPool2d"] = (() => new MaxPool2d(3, stride: 2, padding: 1), () => Random(2, 3, 8, 9)),
        ["MaxPool2d, ceiling"] = (() => new MaxPool2d(2, stride: 2, ceilMode: true), () => Random(2, 3, 7, 9)),
        ["AvgPool2d"] = (() => new AvgPool2d(3, stride: 2, padding: 1), () => Random(2, 3, 8, 9)),
        ["AvgPool2d without borders"] = (() => new AvgPool2d(3, stride: 2, padding: 1, countIncludePad: false), () => Random(2, 3, 8, 9)),
        ["MaxPool3d"] = (() => new MaxPool3d(2), () => Random(2, 3, 4, 4, 6)),
        ["AvgPool3d"] = (() => new AvgPool3d(2), () => Random(2, 3, 4, 4, 6)),
        ["AdaptiveAvgPool2d"] = (() => new AdaptiveAvgPool2d((3, 2)), () => Random(2, 3, 7, 6)),
        ["MaxPool1d"] = (() => new MaxPool1d(3, stride: 2, padding: 1), () => Random(2, 3, 9)),
        ["AvgPool1d"] = (() => new AvgPool1d(2), () => Random(2, 3, 8)),
        ["LPPool2d"] = (() => new LPPool2d(2, 2), () => Random(2, 3, 8, 6).Abs() + 0.1),
        ["AdaptiveMaxPool2d"] = (() => new AdaptiveMaxPool2d(2, 2), () => Random(2, 3, 8, 6)),
        ["PixelShuffle"] = (() => new PixelShuffle(2), () => Random(2, 8, 3, 4)),
        ["ReflectionPad2d"] = (() => new ReflectionPad2d(1, 2, 0, 1), () => Random(2, 3, 4, 5)),
        ["ReplicationPad1d"] = (() => new ReplicationPad1d(1, 2), () => Random(2, 3, 4)),
        ["CircularPad2d"] = (() => new CircularPad2d(1, 2, 0, 1), () => Random(2, 3, 4, 5)),
        ["ConstantPad2d"] = (() => new ConstantPad2d([1, 2, 0, 1], 0.5), () => Random(2, 3, 4, 5)),
        ["Upsample"] = (() => new Upsample(2), () => Random(2, 3, 4, 5)),
        ["Upsample, bilinear"] = (() => new Upsample(2, Interpolation.Linear), () => Random(2, 3, 4, 5)),
        ["BatchNorm1d"] = (() => new BatchNorm1d(4), () => Random(3, 4)),
        ["BatchNorm2d"] = (() => new BatchNorm2d(4), () => Random(3, 4, 5, 5)),
        ["BatchNorm3d"] = (() => new BatchNorm3d(4), () => Random(3, 4, 2, 3, 3)),
        ["LayerNorm"] = (() => new LayerNorm([4, 5]), () => Random(3, 4, 5)),
        ["LayerNorm without weights"] = (() => new LayerNorm([5], affine: false), () => Random(3, 4, 5)),
        ["GroupNorm"] = (() => new GroupNorm(2, 4), () => Random(3, 4, 5, 5)),
        ["InstanceNorm2d"] = (() => new InstanceNorm2d(4, affine: true), () => Random(3, 4, 5, 5)),
        ["Embedding"] = (() => new Embedding(7, 3), () => Tensor.Randint(0, 7, [2, 4], s_random)),
        ["MultiheadAttention"] = (() => new MultiheadAttention(8, 2), () => Random(2, 5, 8)),
        ["TransformerEncoderLayer"] = (() => new TransformerEncoderLayer(8, 2, 16), () => Random(2, 5, 8)),
        ["TransformerEncoderLayer, norm first"] = (() => new TransformerEncoderLayer(8, 2, 16, activation: x => x.Gelu(), normFirst: true), () => Random(2, 5, 8)),
        ["RNN"] = (() => new RNN(3, 5), () => Steps(4, 3)),
        ["RNN of ReLU, both ways, two layers"] = (() => new RNN(3, 5, numLayers: 2, nonlinearity: Nonlinearity.ReLU, bidirectional: true, batchFirst: true), () => Random(2, 4, 3)),
        ["LSTM"] = (() => new LSTM(3, 5), () => Steps(4, 3)),
        ["LSTM, batch first, without bias"] = (() => new LSTM(3, 5, bias: false, batchFirst: true), () => Random(2, 4, 3)),
        ["LSTM, both ways, two layers, dropout"] = (() => new LSTM(3, 5, numLayers: 2, dropout: 0.3, bidirectional: true, batchFirst: true), () => Random(2, 4, 3)),
        ["LSTM with a projection"] = (() => new LSTM(3, 5, projSize: 2, batchFirst: true), () => Random(2, 4, 3)),
        ["GRU"] = (() => new GRU(3, 5, batchFirst: true), () => Random(2, 4, 3)),
        ["GRU, both ways, two layers, without bias"] = (() => new GRU(3, 5, numLayers: 2, bias: false, bidirectional: true, batchFirst: true), () => Random(2, 4, 3)),
        ["RNNCell"] = (() => Alone.Of(new RNNCell(3, 5), (m, x) => m.Forward(x)), () => Random(2, 3)),
        ["LSTMCell"] = (() => Alone.Of(new LSTMCell(3, 5), (m, x) => m.Forward(x, null).Cell), () => Random(2, 3)),
        ["GRUCell"] = (() => Alone.Of(new GRUCell(3, 5), (m, x) => m.Forward(x)), () => Random(2, 3)),
        ["TransformerEncoder"] = (() => new TransformerEncoder(() => new(8, 2, 16), 2), () => Random(2, 5, 8)),
        ["TransformerDecoder"] = (() => Alone.Of(new TransformerDecoder(() => new(8, 2, 16), 2), (m, x) => m.Forward(x, x * 0.5)), () => Random(2, 5, 8)),
        ["Transformer"] = (() => Alone.Of(new Transformer(8, 2, 1, 1, 16), (m, x) => m.Forward(x, x * 0.5)), () => Random(2, 5, 8)),
        ["MultiheadAttention, causal"] = (() => Alone.Of(new MultiheadAttention(8, 2), (m, x) => m.Forward(x, null, causal: true)), () => Random(2, 5, 8)),
        ["LearnedPositions"] = (() => new LearnedPositions(9, 8), () => Random(2, 5, 8)),
        ["SinusoidalPositions"] = (() => new SinusoidalPositions(8), () => Random(2, 5, 8)),
        ["RotaryPositions"] = (() => new RotaryPositions(8), () => Random(2, 3, 5, 8)),
        ["RotaryPositions, interleaved"] = (() => new RotaryPositions(8, interleaved: true), () => Random(2, 3, 5, 8)),
        ["Bilinear"] = (() => Alone.Of(new Bilinear(4, 4, 3), (m, x) => m.Forward(x, x * 2)), () => Random(2, 4)),
        ["EmbeddingBag"] = (() => Alone.Of(new EmbeddingBag(7, 3), (m, x) => m.Forward(x)), () => Tensor.Randint(0, 7, [2, 4], s_random)),
        ["EmbeddingBag of sums"] = (() => Alone.Of(new EmbeddingBag(7, 3, BagMode.Sum), (m, x) => m.Forward(x)), () => Tensor.Randint(0, 7, [2, 4], s_random)),
        ["ConvTranspose3d"] = (() => new ConvTranspose3d(2, 3, 3, stride: 2, padding: 1, outputPadding: 1), () => Random(2, 2, 3, 4, 3)),
        ["ConvTranspose3d in groups, with gaps"] = (() => new ConvTranspose3d(4, 6, 2, groups: 2, dilation: 2, bias: false), () => Random(2, 4, 3, 3, 3)),
        ["ConvTranspose2d with gaps"] = (() => new ConvTranspose2d(2, 3, 3, dilation: 2, outputPadding: 1), () => Random(2, 2, 4, 5)),
        ["AdaptiveAvgPool1d"] = (() => new AdaptiveAvgPool1d(3), () => Random(2, 3, 7)),
        ["AdaptiveAvgPool3d"] = (() => new AdaptiveAvgPool3d(2, 3, 2), () => Random(2, 3, 5, 4, 6)),
        ["AdaptiveMaxPool1d"] = (() => new AdaptiveMaxPool1d(3), () => Random(2, 3, 7)),
        ["AdaptiveMaxPool3d"] = (() => new AdaptiveMaxPool3d(2, 2, 2), () => Random(2, 3, 4, 4, 6)),
        ["AdaptiveMaxPool2d, uneven"] = (() => new AdaptiveMaxPool2d(3, 2), () => Random(2, 3, 7, 6)),
        ["LPPool1d"] = (() => new LPPool1d(2, 2), () => Random(2, 3, 8).Abs() + 0.1),
        ["LPPool3d"] = (() => new LPPool3d(3, 2), () => Random(2, 3, 4, 4, 4).Abs() + 0.1),
        ["PixelUnshuffle"] = (() => new PixelUnshuffle(2), () => Random(2, 2, 6, 4)),
        ["ChannelShuffle"] = (() => new ChannelShuffle(2), () => Random(2, 6, 3, 3)),
        ["ReflectionPad1d"] = (() => new ReflectionPad1d(1, 2), () => Random(2, 3, 4)),
        ["ReflectionPad3d"] = (() => new ReflectionPad3d(1, 1, 0, 1, 1, 0), () => Random(2, 3, 4, 3, 3)),
        ["ReplicationPad2d"] = (() => new ReplicationPad2d(1, 2, 0, 1), () => Random(2, 3, 4, 5)),
        ["ReplicationPad3d"] = (() => new ReplicationPad3d(1, 1, 0, 1, 1, 0), () => Random(2, 3, 4, 3, 3)),
        ["CircularPad1d"] = (() => new CircularPad1d(1, 2), () => Random(2, 3, 4)),
        ["CircularPad3d"] = (() => new CircularPad3d(1, 1, 0, 1, 1, 0), () => Random(2, 3, 4, 3, 3)),
        ["ConstantPad1d"] = (() => new ConstantPad1d([1, 2], 0.5), () => Random(2, 3, 4)),
        ["ConstantPad3d"] = (() => new ConstantPad3d([1, 1, 0, 1, 1, 0], 0.5), () => Random(2, 3, 4, 3, 3)),
        ["ZeroPad1d"] = (() => new ZeroPad1d(1, 2), () => Random(2, 3, 4)),
        ["ZeroPad2d"] = (() => new ZeroPad2d(1, 2, 0, 1), () => Random(2, 3, 4, 5)),
        ["ZeroPad3d"] = (() => new ZeroPad3d(1, 1, 0, 1, 1, 0), () => Random(2, 3, 4, 3, 3)),
        ["Upsample, bicubic"] = (() => new Upsample(2, Interpolation.Cubic), () => Random(2, 3, 4, 5)),
        ["InstanceNorm1d"] = (() => new InstanceNorm1d(4), () => Random(3, 4, 5)),
        ["InstanceNorm3d"] = (() => new InstanceNorm3d(4, affine: true, trackRunningStats: true), () => Random(3, 4, 2, 3, 3)),
        ["GroupNorm without weights"] = (() => new GroupNorm(2, 4, affine: false), () => Random(3, 4, 5)),
        ["RMSNorm"] = (() => new RMSNorm([5]), () => Random(3, 4, 5)),
        ["LocalResponseNorm"] = (() => new LocalResponseNorm(3), () => Random(2, 5, 4, 4)),
        ["Fold"] = (() => new Fold((4, 5), (2, 2)), () => Random(2, 12, 12)),
        ["Unfold"] = (() => new Unfold((2, 3), stride: (1, 2)), () => Random(2, 3, 4, 7)),
        ["Identity"] = (() => new Identity(), () => Random(2, 3)),
        ["LazyLayer"] = (() => Begun(new LazyLayer(s => new Linear(s[^1], 3)), Random(2, 5)), () => Random(2, 5)),
        ["Dropout1d"] = (() => new Dropout1d(), () => Random(2, 3, 4)),
        ["Dropout2d"] = (() => new Dropout2d(), () => Random(2, 3, 4, 4)),
        ["Dropout3d"] = (() => new Dropout3d(), () => Random(2, 3, 4, 4, 4)),
        ["AlphaDropout"] = (() => new AlphaDropout(), () => Random(2, 3)),
        ["FeatureAlphaDropout"] = (() => new FeatureAlphaDropout(), () => Random(2, 3, 4)),
        ["StochasticDepth"] = (() => new StochasticDepth(0.3), () => Random(2, 3, 4)),
        ["RReLU"] = (() => new RReLU(), () => Random(2, 7)),
        ["GLU"] = (() => new GLU(), () => Random(2, 8)),
        ["SwiGLU"] = (() => new SwiGLU(1), () => Random(2, 8, 3)),
        ["Hardshrink"] = (() => new Hardshrink(), () => Random(2, 7)),
        ["Softshrink"] = (() => new Softshrink(), () => Random(2, 7)),
        ["Tanhshrink"] = (() => new Tanhshrink(), () => Random(2, 7)),
        ["Threshold"] = (() => new Threshold(0.2, -1), () => Random(2, 7)),
        ["Softmin"] = (() => new Softmin(1), () => Random(2, 7)),
        ["Sparsemax"] = (() => new Sparsemax(), () => Random(2, 7)),
        ["BasicBlock"] = (() => new BasicBlock(4, 6, stride: 2), () => Random(2, 4, 6, 6)),
        ["Flatten"] = (() => new Flatten(), () => Random(2, 3, 4)),
        ["Unflatten"] = (() => new Unflatten(1, [3, 4]), () => Random(2, 12)),
        ["Dropout"] = (() => new Dropout(), () => Random(2, 12)),
        ["PReLU"] = (() => new PReLU(3), () => Random(2, 3, 4)),
        ["ReLU"] = (() => new ReLU(), () => Random(2, 7)),
        ["ReLU6"] = (() => new ReLU6(), () => Random(2, 7) * 5),
        ["LeakyReLU"] = (() => new LeakyReLU(0.1), () => Random(2, 7)),
        ["ELU"] = (() => new ELU(), () => Random(2, 7)),
        ["SELU"] = (() => new SELU(), () => Random(2, 7)),
        ["CELU"] = (() => new CELU(0.5), () => Random(2, 7)),
        ["GELU"] = (() => new GELU(), () => Random(2, 7)),
        ["GELU, tanh"] = (() => new GELU(GeluApproximation.Tanh), () => Random(2, 7)),
        ["SiLU"] = (() => new SiLU(), () => Random(2, 7)),
        ["Mish"] = (() => new Mish(), () => Random(2, 7)),
        ["Hardswish"] = (() => new Hardswish(), () => Random(2, 7) * 3),
        ["Hardsigmoid"] = (() => new Hardsigmoid(), () => Random(2, 7) * 3),
        ["Hardtanh"] = (() => new Hardtanh(), () => Random(2, 7) * 3),
        ["Sigmoid"] = (() => new Sigmoid(), () => Random(2, 7)),
        ["LogSigmoid"] = (() => new LogSigmoid(), () => Random(2, 7)),
        ["Tanh"] = (() => new Tanh(), () => Random(2, 7)),
        ["Softplus"] = (() => new Softplus(2), () => Random(2, 7)),
        ["Softsign"] = (() => new Softsign(), () => Random(2, 7)),
        ["Softmax"] = (() => new Softmax(1), () => Random(2, 7, 3)),
        ["LogSoftmax"] = (() => new LogSoftmax(-1), () => Random(2, 7, 3)),
        ["Sequential"] = (() => new Sequential(new Conv2d(1, 4, 3), new BatchNorm2d(4), new ReLU(), new AvgPool2d(2), new Flatten(), new Linear(36, 3)), () => Random(2, 1, 8, 8)),
        ["ResNet18 for small images"] = (() => ResNet.ResNet18(classes: 10, smallImages: true), () => Random(2, 3, 16, 16)),
        ["Bottleneck"] = (() => new Bottleneck(4, 2, stride: 2, groups: 2, widthPerGroup: 64), () => Random(2, 4, 6, 6)),
        ["VisionTransformer"] = (() => new VisionTransformer(patch: 4, layers: 2, heads: 2, hidden: 8, mlp: 16, classes: 5, size: 8), () => Random(2, 3, 8, 8)),
        ["SqueezeNet"] = (() => VisionModels.Create("squeezenet1_1", classes: 5), () => Random(2, 3, 64, 64)),
        ["MobileNet"] = (() => VisionModels.Create("mobilenet_v3_small", classes: 5), () => Random(2, 3, 64, 64)),
        ["AdaptiveLogSoftmaxWithLoss"] = (() => Alone.Of(new AdaptiveLogSoftmaxWithLoss(8, 10, [3, 6]), (m, x) => m.LogProb(x)), () => Random(4, 8)),
        ["SegmentationModel"] = (() => SegmentationModel.DeepLabV3(new ResNet([1, 1, 1, 1], classes: 0, width: 4, bottleneck: true, dilatedStages: 2), 3), () => Random(2, 3, 48, 48)),
        ["LrAspp"] = (() => new LrAspp(new ResNet([1, 1, 1, 1], classes: 0, width: 4), 3, width: 8), () => Random(2, 3, 64, 64)),
        ["UperNet"] = (() => new UperNet(new ResNet([1, 1, 1, 1], classes: 0, width: 4), 3, channels: 8, scales: [1, 2]), () => Random(2, 3, 64, 64)),
        ["UNet"] = (() => new UNet(2, width: 4, depth: 2), () => Random(2, 3, 20, 24)),
        ["ResNet of few channels"] = (() => new ResNet([1, 1, 1, 1], classes: 5, width: 8), () => Random(2, 3, 64, 64)),
    };
}

/// <summary>A module that is no layer, because it takes or gives several tensors, as one that takes and gives one.</summary>
sealed class Alone : Layer
{
    readonly Module _inner;
    readonly Func<Module, Tensor, Tensor> _forward;

    Alone(Module inner, Func<Module, Tensor, Tensor> forward) => (_inner, _forward) = (inner, forward);

    public static Alone Of<M>(M inner, Func<M, Tensor, Tensor> forward) where M : Module => new(inner, (m, x) => forward((M)m, x));

    public override Tensor Forward(Tensor x) => _forward(_inner, x);
}
