namespace Candeia.Onnx;

/// <summary>A graph that can be run: steps between numbered values.</summary>
internal sealed class Plan
{
    public required Step[] Steps { get; init; }

    /// <summary>What is there before the first step: weights and constants, each under its number.</summary>
    public required Tensor?[] Begin { get; init; }

    public required int[] Inputs { get; init; }

    public required int[] Outputs { get; init; }

    /// <summary>Values of the graph around this one that it uses: their numbers there and here.</summary>
    public required (int Outer, int Inner)[] Captured { get; init; }

    /// <summary>Computes the outputs.</summary>
    public Tensor[] Run(ReadOnlySpan<Tensor> arguments, Frame outer, ReadOnlySpan<Tensor?> captured) => Run(arguments, outer.IsTraining, outer.IsFolding, captured);

    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor}, Frame, ReadOnlySpan{Tensor?})"/>
    public Tensor[] Run(ReadOnlySpan<Tensor> arguments, bool isTraining, bool isFolding = false, ReadOnlySpan<Tensor?> captured = default)
    {
        if (arguments.Length != Inputs.Length) throw new OnnxException($"a graph takes {Inputs.Length} inputs, not {arguments.Length}");
        var values = (Tensor?[])Begin.Clone();
        for (int i = 0; i < Inputs.Length; i++) values[Inputs[i]] = arguments[i];
        for (int i = 0; i < Captured.Length; i++) values[Captured[i].Inner] = captured[i];
        var frame = new Frame(values, isTraining, isFolding);
        foreach (var step in Steps) step.Run(frame);
        return Array.ConvertAll(Outputs, o => values[o] ?? throw new OnnxException("an output has not been computed"));
    }
}
