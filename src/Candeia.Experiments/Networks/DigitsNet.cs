using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>Two convolutions with pooling, then two linear layers, for pictures of digits.</summary>
sealed class DigitsNet(Shape input, int classes) : Layer
{
    readonly Conv2d conv1 = new(1, 32, kernelSize: 3);
    readonly Conv2d conv2 = new(32, 64, kernelSize: 3);
    readonly Linear fc1 = new(Pooled(input[1]) * Pooled(input[2]) * 64, 128);
    readonly Linear fc2 = new(128, classes);

    public override Tensor Forward(Tensor x) => x            // [n, 1, 28, 28]
        .Apply(conv1).Relu().MaxPool2d(2)                    // [n, 32, 13, 13]
        .Apply(conv2).Relu().MaxPool2d(2)                    // [n, 64, 5, 5]
        .Flatten(startDim: 1)
        .Apply(fc1).Relu()
        .Apply(fc2);                                         // [n, classes]

    static int Pooled(int size) => ((size - 2) / 2 - 2) / 2;
}
