using Candeia.NN;

namespace Candeia.Vision;

/// <summary>AlexNet (Krizhevsky 2014), VGG (Simonyan and Zisserman 2014) and SqueezeNet (Iandola et al. 2016): convolutions one after the other.</summary>
internal static class PlainNets
{
    public static ConvolutionalClassifier AlexNet(int classes) => new(
        new Sequential(
            new Conv2d(3, 64, 11, stride: 4, padding: 2), new ReLU(), new MaxPool2d(3, stride: 2), new Conv2d(64, 192, 5, padding: 2), new ReLU(), new MaxPool2d(3, stride: 2),
            new Conv2d(192, 384, 3, padding: 1), new ReLU(), new Conv2d(384, 256, 3, padding: 1), new ReLU(), new Conv2d(256, 256, 3, padding: 1), new ReLU(),
            new MaxPool2d(3, stride: 2)),
        ConvolutionalClassifier.Means(6),
        new Sequential(new Dropout(), new Linear(256 * 36, 4096), new ReLU(), new Dropout(), new Linear(4096, 4096), new ReLU(), new Linear(4096, classes)));

    /// <summary>How many convolutions of each width stand between the poolings.</summary>
    static readonly Dictionary<int, int[]> s_vgg = new() { [11] = [1, 1, 2, 2, 2], [13] = [2, 2, 2, 2, 2], [16] = [2, 2, 3, 3, 3], [19] = [2, 2, 4, 4, 4] };

    public static ConvolutionalClassifier Vgg(int layers, bool batchNorm, int classes) => new ConvolutionalClassifier(
        Sequential.Of([.. VggFeatures(layers, batchNorm)]), ConvolutionalClassifier.Means(7),
        new Sequential(new Linear(512 * 49, 4096), new ReLU(), new Dropout(), new Linear(4096, 4096), new ReLU(), new Dropout(), new Linear(4096, classes)))
        .Draw(Blocks.ByOutputs, Blocks.Small);

    /// <summary>The convolutions of VGG, with a pooling behind each width.</summary>
    /// <param name="layers">11, 13, 16 or 19.</param>
    /// <param name="batchNorm">Whether each is normalized.</param>
    /// <param name="roundsUp">The pooling whose result has a place for what is left over, where there is one.</param>
    public static List<Layer> VggFeatures(int layers, bool batchNorm, int? roundsUp = null)
    {
        List<Layer> features = [];
        int channels = 3;
        foreach (var (stage, (width, count)) in ((int[])[64, 128, 256, 512, 512]).Zip(s_vgg[layers]).Index())
        {
            for (int i = 0; i < count; i++, channels = width)
                features.AddRange(batchNorm ? [new Conv2d(channels, width, 3, padding: 1), new BatchNorm2d(width), new ReLU()] : [new Conv2d(channels, width, 3, padding: 1), new ReLU()]);
            features.Add(new MaxPool2d(2, ceilMode: stage == roundsUp));
        }
        return features;
    }

    public static ConvolutionalClassifier SqueezeNet(bool first, int classes)
    {
        static MaxPool2d Pool() => new(3, stride: 2, ceilMode: true);
        Sequential features = first
            ? [new Conv2d(3, 96, 7, stride: 2), new ReLU(), Pool(), new Fire(96, 16, 64), new Fire(128, 16, 64), new Fire(128, 32, 128), Pool(), new Fire(256, 32, 128),
                new Fire(256, 48, 192), new Fire(384, 48, 192), new Fire(384, 64, 256), Pool(), new Fire(512, 64, 256)]
            : [new Conv2d(3, 64, 3, stride: 2), new ReLU(), Pool(), new Fire(64, 16, 64), new Fire(128, 16, 64), Pool(), new Fire(128, 32, 128), new Fire(256, 32, 128), Pool(),
                new Fire(256, 48, 192), new Fire(384, 48, 192), new Fire(384, 64, 256), new Fire(512, 64, 256)];
        var head = new Conv2d(512, classes, 1);
        var net = new ConvolutionalClassifier(features, new Identity(), new Sequential(new Dropout(), head, new ReLU(), new AdaptiveAvgPool2d(1), new Flatten())).Draw(conv =>
        {
            Init.KaimingUniform(conv.Weight);
            Init.Zeros(conv.Bias!);
        });
        Init.Normal(head.Weight, std: 0.01);
        return net;
    }

    /// <summary>Few channels, from which many are made in two ways.</summary>
    sealed class Fire(int input, int squeezed, int expanded) : Layer
    {
        readonly Conv2d squeeze = new(input, squeezed, 1), expand1x1 = new(squeezed, expanded, 1), expand3x3 = new(squeezed, expanded, 3, padding: 1);

        public override Tensor Forward(Tensor x)
        {
            x = x.Apply(squeeze).Relu();
            return Tensor.Cat([x.Apply(expand1x1).Relu(), x.Apply(expand3x3).Relu()], 1);
        }
    }
}
