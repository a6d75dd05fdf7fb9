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

    readonly Remembered<Tensor?[]> _prepared = new();
    Step[] _ofWeights = [], _others = [];
    Tensor[] _weights = [];

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
        Plan plan = new() { Steps = [.. steps], Begin = Begin, Inputs = Inputs, Outputs = outputs, Captured = Captured };
        plan.Part();
        return plan;
    }

    // Which steps follow from weights and constants alone: turned weights, other types of them.
    void Part()
    {
        HashSet<int> known = [];
        bool Follows(Step step) => !step.IsRandom && step.Bodies.Length == 0 && step.Inputs.Any(i => i >= 0) && step.Inputs.All(i => i < 0 || Begin[i] is not null || known.Contains(i)) && !step.Outputs.Any(Outputs.Contains);
        List<Step> ofWeights = [], others = [];
        foreach (var step in Steps)
        {
            bool follows = Follows(step);
            (follows ? ofWeights : others).Add(step);
            if (follows) known.UnionWith(step.Outputs.Where(o => o >= 0));
        }
        (_ofWeights, _others) = ([.. ofWeights.Select(s => s with { Last = [] })], [.. others.Select(s => s with { Last = [.. s.Last.Where(l => !known.Contains(l))] })]);
        _weights = [.. ofWeights.SelectMany(s => s.Inputs).Where(i => i >= 0 && Begin[i] is not null).Select(i => Begin[i]!).Distinct()];
    }

    /// <summary>The values before the first of the other steps.</summary>
    Tensor?[] Prepared(bool isTraining, bool isFolding)
    {
        if (_ofWeights.Length == 0) return (Tensor?[])Begin.Clone();
        return (Tensor?[])_prepared.Of(_weights, () =>
        {
            var values = (Tensor?[])Begin.Clone();
            Frame frame = new(values, isTraining, isFolding);
            foreach (var step in _ofWeights) step.Run(frame);
            foreach (var step in _ofWeights)
                foreach (int output in step.Outputs) if (output >= 0) values[output] = values[output]!.Settle().Keep();
            return values;
        }).Clone();
    }

    /// <summary>Computes the outputs.</summary>
    public Tensor[] Run(ReadOnlySpan<Tensor> arguments, Frame outer, ReadOnlySpan<Tensor?> captured) => Run(arguments, outer.IsTraining, outer.IsFolding, captured);

    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor}, Frame, ReadOnlySpan{Tensor?})"/>
    public Tensor[] Run(ReadOnlySpan<Tensor> arguments, bool isTraining, bool isFolding = false, ReadOnlySpan<Tensor?> captured = default)
    {
        if (arguments.Length != Inputs.Length) throw new OnnxException($"a graph takes {Inputs.Length} inputs, not {arguments.Length}");
        var values = Prepared(isTraining, isFolding);
        for (int i = 0; i < Inputs.Length; i++) values[Inputs[i]] = arguments[i];
        for (int i = 0; i < Captured.Length; i++) values[Captured[i].Inner] = captured[i];
        var frame = new Frame(values, isTraining, isFolding);
        foreach (var step in _others) step.Run(frame);
        return Array.ConvertAll(Outputs, o => values[o] ?? throw new OnnxException("an output has not been computed"));
    }
}
