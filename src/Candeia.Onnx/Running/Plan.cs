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

    /// <summary>The weights and constants that are used, also by the graphs inside.</summary>
    public IEnumerable<Tensor> Kept => Steps.SelectMany(s => s.Takes).Concat(Outputs).Select(n => Begin[n]).OfType<Tensor>().Concat(Steps.SelectMany(s => s.Bodies).SelectMany(b => b.Kept)).Distinct();

    /// <summary>The same graph for other outputs, without the steps that they do not need, which lets go of each value after its last use.</summary>
    public Plan For(int[] outputs)
    {
        HashSet<int> needed = [.. outputs];
        List<Step> steps = [];
        foreach (var step in Steps.Reverse())
        {
            if (!step.Outputs.Any(needed.Contains)) continue;
            int[] last = [.. step.Takes.Concat(step.Outputs.Where(o => o >= 0)).Distinct().Where(t => Begin[t] is null && !Inputs.Contains(t) && !needed.Contains(t))];
            needed.UnionWith(step.Takes);
            steps.Add(step with { Last = last });
        }
        steps.Reverse();
        return new() { Steps = [.. steps], Begin = Begin, Inputs = Inputs, Outputs = outputs, Captured = Captured };
    }

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
