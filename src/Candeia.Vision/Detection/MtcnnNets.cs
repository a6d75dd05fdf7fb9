using Candeia.NN;

namespace Candeia.Vision;

/// <summary>The three small networks of MTCNN, each surer than the one before, with the keys of facenet-pytorch.</summary>
internal static class MtcnnNets
{
    /// <summary>Looks at all places of a picture: how sure it is of a face there, and by how much the square is beside it.</summary>
    public sealed class Proposals : Module
    {
        readonly Conv2d conv1 = new(3, 10, 3), conv2 = new(10, 16, 3), conv3 = new(16, 32, 3), conv4_1 = new(32, 2, 1), conv4_2 = new(32, 4, 1);
        readonly PReLU prelu1 = new(10), prelu2 = new(16), prelu3 = new(32);

        /// <summary>[1, 3, h, w] → [1, h', w'] and [1, 4, h', w'], two pixels a place.</summary>
        public (Tensor Sure, Tensor Moves) Of(Tensor x)
        {
            x = x.Apply(conv1).Apply(prelu1).MaxPool2d(2, 2, ceilMode: true).Apply(conv2).Apply(prelu2).Apply(conv3).Apply(prelu3);
            return (x.Apply(conv4_1).Softmax(1).Select(1, 1), x.Apply(conv4_2));
        }
    }

    /// <summary>Looks at squares of 24 pixels.</summary>
    public sealed class Refining : Module
    {
        readonly Conv2d conv1 = new(3, 28, 3), conv2 = new(28, 48, 3), conv3 = new(48, 64, 2);
        readonly PReLU prelu1 = new(28), prelu2 = new(48), prelu3 = new(64), prelu4 = new(128);
        readonly Linear dense4 = new(576, 128), dense5_1 = new(128, 2), dense5_2 = new(128, 4);

        /// <summary>[n, 3, 24, 24] → [n] and [n, 4].</summary>
        public (Tensor Sure, Tensor Moves) Of(Tensor x)
        {
            x = x.Apply(conv1).Apply(prelu1).MaxPool2d(3, 2, ceilMode: true).Apply(conv2).Apply(prelu2).MaxPool2d(3, 2, ceilMode: true).Apply(conv3).Apply(prelu3);
            x = Columns(x).Apply(dense4).Apply(prelu4);
            return (x.Apply(dense5_1).Softmax(1)[.., 1], x.Apply(dense5_2));
        }
    }

    /// <summary>Looks at squares of 48 pixels, and says where eyes, nose and mouth are.</summary>
    public sealed class Output : Module
    {
        readonly Conv2d conv1 = new(3, 32, 3), conv2 = new(32, 64, 3), conv3 = new(64, 64, 3), conv4 = new(64, 128, 2);
        readonly PReLU prelu1 = new(32), prelu2 = new(64), prelu3 = new(64), prelu4 = new(128), prelu5 = new(256);
        readonly Linear dense5 = new(1152, 256), dense6_1 = new(256, 2), dense6_2 = new(256, 4), dense6_3 = new(256, 10);

        /// <summary>[n, 3, 48, 48] → [n], [n, 4], and [n, 10]: five columns, five rows, as parts of the square.</summary>
        public (Tensor Sure, Tensor Moves, Tensor Places) Of(Tensor x)
        {
            x = x.Apply(conv1).Apply(prelu1).MaxPool2d(3, 2, ceilMode: true).Apply(conv2).Apply(prelu2).MaxPool2d(3, 2, ceilMode: true);
            x = x.Apply(conv3).Apply(prelu3).MaxPool2d(2, 2, ceilMode: true).Apply(conv4).Apply(prelu4);
            x = Columns(x).Apply(dense5).Apply(prelu5);
            return (x.Apply(dense6_1).Softmax(1)[.., 1], x.Apply(dense6_2), x.Apply(dense6_3));
        }
    }

    /// <summary>The numbers column by column, in which order the weights were trained.</summary>
    static Tensor Columns(Tensor x) => x.Permute(0, 3, 2, 1).Flatten(1);
}
