using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>A linear layer, three numbers to one.</summary>
sealed class Line(ulong seed) : Layer
{
    readonly Linear fc = new(3, 1, generator: new Generator(seed));

    public override Tensor Forward(Tensor x) => x.Apply(fc);
}
