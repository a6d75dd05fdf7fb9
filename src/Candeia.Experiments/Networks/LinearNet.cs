using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>Linear layers alone, with ReLU between them: what a picture's pixels are neighbours of is lost on it.</summary>
sealed class LinearNet(Shape input, int outputs) : Layer
{
    readonly Linear fc1 = new(checked((int)input.Numel), 128);
    readonly Linear fc2 = new(128, 256);
    readonly Linear fc3 = new(256, outputs);

    public override Tensor Forward(Tensor x) => x.Flatten(startDim: 1).Apply(fc1).Relu().Apply(fc2).Relu().Apply(fc3);
}
