using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Onnx.Tests;

/// <summary>Layers and networks with an input for each.</summary>
static class LayerCases
{
    static readonly Generator s_random = new(3);

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
        ["ResNet of few channels"] = (() => new ResNet([1, 1, 1, 1], classes: 5, width: 8), () => Random(2, 3, 64, 64)),
    };
}
