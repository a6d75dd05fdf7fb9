using Candeia.NN;

namespace Candeia.Compare;

/// <summary>Linear layers on whole images: bound by the memory that 2 million weights take.</summary>
sealed class WideMlp : Layer
{
    readonly Linear fc1 = new(16900, 128), fc2 = new(128, 256), fc3 = new(256, 1);

    public override Tensor Forward(Tensor x) => x.Apply(fc1).Relu().Apply(fc2).Relu().Apply(fc3);
}
