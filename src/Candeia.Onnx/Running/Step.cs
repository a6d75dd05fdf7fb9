namespace Candeia.Onnx;

/// <summary>An operator between numbered values of a plan.</summary>
/// <param name="Op">The operator's name.</param>
/// <param name="Title">What errors call it.</param>
/// <param name="Kernel">What it computes.</param>
/// <param name="Inputs">The values it takes; −1 for one that is left out.</param>
/// <param name="Outputs">The values that come of it; −1 for one that nobody wants.</param>
/// <param name="Bodies">The graphs it holds.</param>
internal sealed record Step(string Op, string Title, Kernel Kernel, int[] Inputs, int[] Outputs, Plan[] Bodies)
{
    /// <summary>All values that must be there: its inputs, and what its graphs use of those around them.</summary>
    public IEnumerable<int> Takes => Inputs.Where(i => i >= 0).Concat(Bodies.SelectMany(b => b.Captured.Select(c => c.Outer)));

    /// <summary>The attributes that are numbers, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Numbers { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Whether it gives something else each time.</summary>
    public bool IsRandom { get; init; }

    /// <summary>Values that no later step takes.</summary>
    public int[] Last { get; init; } = [];

    public void Run(Frame frame)
    {
        var values = frame.Values;
        var inputs = new Tensor?[Inputs.Length];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = Inputs[i] < 0 ? null : values[Inputs[i]];
        Tensor[] results;
        try { results = Kernel(new(inputs, frame)); }
        catch (Exception e) when (e is OnnxException or ArgumentException or InvalidOperationException or NotSupportedException or OverflowException or IndexOutOfRangeException or DivideByZeroException)
        {
            if (e is OnnxException { InnerException: not null }) throw;
            string given = string.Join(", ", inputs.Select(x => x is null ? "nothing" : $"{x.DType} {x.Shape}"));
            throw new OnnxException($"{Title} of {given}: {e.Message}", e);
        }
        for (int i = 0; i < Outputs.Length; i++)
        {
            if (Outputs[i] < 0) continue;
            values[Outputs[i]] = i < results.Length ? results[i] : throw new OnnxException($"{Title} has {results.Length} results, not {Outputs.Length}.");
        }
        foreach (int last in Last) values[last] = null;
    }

    /// <summary>The values around it that one of its graphs uses.</summary>
    public static Tensor?[] Captures(Plan body, Frame frame) => Array.ConvertAll(body.Captured, c => frame.Values[c.Outer]);
}
