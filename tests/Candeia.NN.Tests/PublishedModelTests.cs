using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Networks that others trained and published, as modules written here: their files load as they are, and the answers are PyTorch's.</summary>
public class PublishedModelTests
{
    // The same functions in PyTorch, on numbers that both sides can make.
    const string Script = """
        import torch, warnings
        import torch.nn.functional as F
        warnings.simplefilter('ignore')
        def given(*shape): return (((torch.arange(torch.Size(shape).numel()) * 37) % 101).float() / 50 - 1).reshape(shape)
        def load(path):
            state = torch.load(path, map_location='cpu')
            return {k.replace('module.', ''): v for k, v in state.get('state_dict', state).items()}
        def conv(s, x, n): return F.prelu(F.conv2d(x, s[f'conv{n}.weight'], s[f'conv{n}.bias']), s[f'prelu{n}.weight'])
        def linear(s, x, n): return F.linear(x, s[f'{n}.weight'], s[f'{n}.bias'])
        def pool(x, k=3): return F.max_pool2d(x, k, 2, ceil_mode=True)
        def say(*tensors):
            for t in tensors: print(' '.join(repr(v) for v in t.flatten().tolist()))
        def bn(s, x, n): return F.batch_norm(x, s[n + '.running_mean'], s[n + '.running_var'], s[n + '.weight'], s[n + '.bias'])
        def pnet(path):
            s = load(path)
            x = conv(s, conv(s, pool(conv(s, given(2, 3, 24, 32), 1), 2), 2), 3)
            say(F.softmax(F.conv2d(x, s['conv4_1.weight'], s['conv4_1.bias']), 1), F.conv2d(x, s['conv4_2.weight'], s['conv4_2.bias']))
        def rnet(path):
            s = load(path)
            x = conv(s, pool(conv(s, pool(conv(s, given(2, 3, 24, 24), 1)), 2)), 3).permute(0, 3, 2, 1).flatten(1)
            x = F.prelu(linear(s, x, 'dense4'), s['prelu4.weight'])
            say(F.softmax(linear(s, x, 'dense5_1'), 1), linear(s, x, 'dense5_2'))
        def onet(path):
            s = load(path)
            x = conv(s, pool(conv(s, pool(conv(s, pool(conv(s, given(2, 3, 48, 48), 1)), 2)), 3), 2), 4).permute(0, 3, 2, 1).flatten(1)
            x = F.prelu(linear(s, x, 'dense5'), s['prelu5.weight'])
            say(F.softmax(linear(s, x, 'dense6_1'), 1), linear(s, x, 'dense6_2'), linear(s, x, 'dense6_3'))
        def resnet(path):
            s = load(path)
            x = F.relu(bn(s, F.conv2d(given(2, 3, 32, 32), s['conv1.weight'], padding=1), 'bn1'))
            for stage in (1, 2, 3):
                for block in range(3):
                    n, stride = f'layer{stage}.{block}.', 2 if stage > 1 and block == 0 else 1
                    y = F.relu(bn(s, F.conv2d(x, s[n + 'conv1.weight'], stride=stride, padding=1), n + 'bn1'))
                    y = bn(s, F.conv2d(y, s[n + 'conv2.weight'], padding=1), n + 'bn2')
                    if stride == 2: x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, y.shape[1] // 4, y.shape[1] // 4))
                    x = F.relu(x + y)
            say(linear(s, x.mean((2, 3)), 'linear'))
        globals()[NET](PATH)
        """;

    static Tensor Given(params int[] shape)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        return (Tensor.Arange(count) * 37).Remainder(101).To(DType.Float32).Reshape([.. shape]) / 50 - 1;
    }

    static void Check(string net, string file, Func<string, Tensor[]> ours)
    {
        string path = SharedFolder.Require(file);
        var answers = ours(path);
        string[] lines = Python.Run(Path.GetTempPath(), $"NET, PATH = '{net}', '{path}'\n{Script}", "torch").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Length, answers.Length);
        foreach (var (line, answer) in lines.Zip(answers))
        {
            double[] expected = [.. line.Split(' ').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
            double[] actual = answer.ToArray<double>();
            Assert.Equal(expected.Length, actual.Length);
            foreach (var (e, a) in expected.Zip(actual)) Assert.True(Math.Abs(e - a) <= 1e-4 * (1 + Math.Abs(e)), $"{net}: {e} {a}");
        }
    }

    static TModule Loaded<TModule>(TModule net, string path) where TModule : Module
    {
        var report = net.Eval().Load(path);
        Assert.True(report.IsComplete);
        return net;
    }

    [SkippableFact]
    public void The_network_that_proposes_faces() => Check("pnet", "models/mtcnn/pnet.pt", path => Loaded(new PNet(), path).Run(Given(2, 3, 24, 32)));

    [SkippableFact]
    public void The_network_that_refines_faces() => Check("rnet", "models/mtcnn/rnet.pt", path => Loaded(new RNet(), path).Run(Given(2, 3, 24, 24)));

    [SkippableFact]
    public void The_network_that_finds_eyes_and_mouths() => Check("onet", "models/mtcnn/onet.pt", path => Loaded(new ONet(), path).Run(Given(2, 3, 48, 48)));

    [SkippableFact]
    public void The_residual_network_of_20_layers() => Check("resnet", "models/resnet20/resnet20-12fca82f.th", path => [Loaded(new ResNet20(), path).Forward(Given(2, 3, 32, 32))]);

    sealed class PNet : Module
    {
        readonly Conv2d conv1 = new(3, 10, 3), conv2 = new(10, 16, 3), conv3 = new(16, 32, 3), conv4_1 = new(32, 2, 1), conv4_2 = new(32, 4, 1);
        readonly PReLU prelu1 = new(10), prelu2 = new(16), prelu3 = new(32);

        public Tensor[] Run(Tensor x)
        {
            x = x.Apply(conv1).Apply(prelu1).MaxPool2d(2, 2, ceilMode: true).Apply(conv2).Apply(prelu2).Apply(conv3).Apply(prelu3);
            return [x.Apply(conv4_1).Softmax(1), x.Apply(conv4_2)];
        }
    }

    sealed class RNet : Module
    {
        readonly Conv2d conv1 = new(3, 28, 3), conv2 = new(28, 48, 3), conv3 = new(48, 64, 2);
        readonly PReLU prelu1 = new(28), prelu2 = new(48), prelu3 = new(64), prelu4 = new(128);
        readonly Linear dense4 = new(576, 128), dense5_1 = new(128, 2), dense5_2 = new(128, 4);

        public Tensor[] Run(Tensor x)
        {
            x = x.Apply(conv1).Apply(prelu1).MaxPool2d(3, 2, ceilMode: true).Apply(conv2).Apply(prelu2).MaxPool2d(3, 2, ceilMode: true).Apply(conv3).Apply(prelu3);
            x = x.Permute(0, 3, 2, 1).Flatten(1).Apply(dense4).Apply(prelu4);
            return [x.Apply(dense5_1).Softmax(1), x.Apply(dense5_2)];
        }
    }

    sealed class ONet : Module
    {
        readonly Conv2d conv1 = new(3, 32, 3), conv2 = new(32, 64, 3), conv3 = new(64, 64, 3), conv4 = new(64, 128, 2);
        readonly PReLU prelu1 = new(32), prelu2 = new(64), prelu3 = new(64), prelu4 = new(128), prelu5 = new(256);
        readonly Linear dense5 = new(1152, 256), dense6_1 = new(256, 2), dense6_2 = new(256, 4), dense6_3 = new(256, 10);

        public Tensor[] Run(Tensor x)
        {
            x = x.Apply(conv1).Apply(prelu1).MaxPool2d(3, 2, ceilMode: true).Apply(conv2).Apply(prelu2).MaxPool2d(3, 2, ceilMode: true);
            x = x.Apply(conv3).Apply(prelu3).MaxPool2d(2, 2, ceilMode: true).Apply(conv4).Apply(prelu4);
            x = x.Permute(0, 3, 2, 1).Flatten(1).Apply(dense5).Apply(prelu5);
            return [x.Apply(dense6_1).Softmax(1), x.Apply(dense6_2), x.Apply(dense6_3)];
        }
    }

    sealed class ResNet20 : Layer
    {
        readonly Conv2d conv1 = new(3, 16, 3, padding: 1, bias: false);
        readonly BatchNorm2d bn1 = new(16);
        readonly Sequential layer1 = [new Block(16, 16), new Block(16, 16), new Block(16, 16)];
        readonly Sequential layer2 = [new Block(16, 32), new Block(32, 32), new Block(32, 32)];
        readonly Sequential layer3 = [new Block(32, 64), new Block(64, 64), new Block(64, 64)];
        readonly Linear linear = new(64, 10);

        public override Tensor Forward(Tensor x) => x.Apply(conv1).Apply(bn1).Relu().Apply(layer1).Apply(layer2).Apply(layer3).Mean([2, 3]).Apply(linear);
    }

    sealed class Block(int input, int output) : Layer
    {
        readonly Conv2d conv1 = new(input, output, 3, stride: output / input, padding: 1, bias: false), conv2 = new(output, output, 3, padding: 1, bias: false);
        readonly BatchNorm2d bn1 = new(output), bn2 = new(output);

        public override Tensor Forward(Tensor x)
        {
            var y = x.Apply(conv1).Apply(bn1).Relu().Apply(conv2).Apply(bn2);
            if (input == output) return (x + y).Relu();
            // Every second pixel, and channels of zeros on both sides.
            var small = x.Reshape([x.Shape[0], input, x.Shape[2] / 2, 2, x.Shape[3] / 2, 2]).Select(5, 0).Select(3, 0);
            var zeros = Tensor.Zeros([x.Shape[0], (output - input) / 2, x.Shape[2] / 2, x.Shape[3] / 2]);
            return (Tensor.Cat([zeros, small, zeros], 1) + y).Relu();
        }
    }
}
