namespace Candeia.Tests;

/// <summary>A golden case brought to life: its tensors, to call an operation with, and the comparison of what comes out.</summary>
sealed class GoldenCall
{
    readonly GoldenCase _case;
    readonly DType _real;
    readonly Dictionary<string, Tensor> _tensors = [];

    /// <summary>Makes tensors of what was recorded; doubles as <paramref name="real"/>.</summary>
    public GoldenCall(GoldenCase c, DType real)
    {
        (_case, _real) = (c, real);
        foreach (var (key, array) in c.Arrays.Where(a => !a.Key.StartsWith("output", StringComparison.Ordinal) && !a.Key.StartsWith("grad", StringComparison.Ordinal)))
        {
            _tensors[key] = Typed(array);
            _tensors[key].RequiresGrad = c.Arrays.ContainsKey(GradOf(key));
        }
    }

    public GoldenCase Case => _case;

    /// <summary>The type that stands for doubles.</summary>
    public DType Real => _real;

    /// <summary>A positional tensor.</summary>
    public Tensor this[int i] => _tensors[$"input{i}"];

    public Tensor[] Inputs => [.. Enumerable.Range(0, _case.Inputs.Count).Select(i => this[i])];

    /// <summary>A tensor passed by name; null where it was not.</summary>
    public Tensor? Named(string key) => _tensors.GetValueOrDefault(key);

    /// <summary>Values, types and gradients of every case of an operation, in both precisions, but for the cases whose names begin with one of <paramref name="ours"/>.</summary>
    public static void Check(string family, string op, Func<GoldenCall, Tensor[]> compute, params string[] ours)
    {
        List<string> wrong = [];
        var cases = Golden.Open(family).Of(op).ToList();
        Assert.NotEmpty(cases);
        foreach (var c in cases.Where(c => !ours.Any(name => c.Name.StartsWith(name, StringComparison.Ordinal))))
            foreach (var real in new[] { DType.Float64, DType.Float32 })
            {
                if (real == DType.Float32 && c.Label.StartsWith("special", StringComparison.Ordinal) && c.Arrays.Values.Any(a => a.Type == SafetensorsType.F64)) continue;   // has a float32 twin
                try { new GoldenCall(c, real).Compare(compute); }
                catch (Exception e) { wrong.Add($"{c.Name} as {real}: {e.Message}"); }
            }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    void Compare(Func<GoldenCall, Tensor[]> compute)
    {
        double tolerance = _real == DType.Float64 && _case.Arrays.Values.All(a => a.Type != SafetensorsType.F32) ? 1e-11 : 2e-5;
        Tensor[] outputs = compute(this);
        if (outputs.Length != 1) Assert.Equal(_case.Outputs.Count, outputs.Length);     // the first alone may stand for all, as in max pooling without indices
        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.Equal(Typed(_case.Outputs[i]).DType, outputs[i].DType);
            _case.Outputs[i].AssertNear(outputs[i], tolerance);
        }
        if (!_case.HasGrad) return;
        var sent = outputs.Index().Where(o => _case.Find($"grad_output{o.Index}") is not null).Select(o => (o.Item * Typed(_case[$"grad_output{o.Index}"])).Sum()).Aggregate((a, b) => a + b);
        sent.Backward();
        foreach (var (key, tensor) in _tensors.Where(t => t.Value.RequiresGrad))
            _case[GradOf(key)].AssertNear(tensor.Grad ?? Tensor.ZerosLike(tensor), tolerance * 10);
    }

    Tensor Typed(GoldenArray array) => array.Type == SafetensorsType.F64 ? array.Tensor.To(_real) : array.Tensor;

    static string GradOf(string key) => key.StartsWith("input", StringComparison.Ordinal) ? $"grad{key[5..]}" : $"grad_{key}";
}
