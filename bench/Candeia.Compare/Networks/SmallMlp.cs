using Candeia.NN;

namespace Candeia.Compare;

/// <summary>So little arithmetic that a step shows what an operation costs besides.</summary>
sealed class SmallMlp : Layer
{
    readonly Linear fc1 = new(64, 64), fc2 = new(64, 10);

    public override Tensor Forward(Tensor x) => x.Apply(fc1).Relu().Apply(fc2);
}
