using System.Globalization;

namespace Candeia.Onnx;

/// <summary>
/// What stands in files as several operators, and is one op here: faster, with fewer tensors between, and with the bits of the network that was written. Each line is
/// a pattern, what the step is called then, and what makes its kernel; null where it is something else after all.
/// </summary>
internal static class Fusions
{
    static readonly (Pattern Pattern, string Op, Func<Match, Kernel?> Make)[] s_all =
    [
        .. Each("Gelu", x => x[0].Gelu(),
            "Mul(Mul(x, Add(Erf(Div(x, 1.4142135623730951)), 1)), 0.5)", "Mul(x, Mul(Add(Erf(Div(x, 1.4142135623730951)), 1), 0.5))", "Mul(Mul(x, 0.5), Add(Erf(Div(x, 1.4142135623730951)), 1))",
            "Mul(Mul(x, Add(Erf(Mul(x, 0.7071067811865476)), 1)), 0.5)", "Mul(Mul(x, 0.5), Add(Erf(Mul(x, 0.7071067811865476)), 1))"),
        .. Each("Gelu", x => x[0].Gelu(GeluApproximation.Tanh),
            "Mul(Mul(x, Add(Tanh(Mul(Add(x, Mul(Mul(Mul(x, x), x), 0.044715)), 0.7978845608028654)), 1)), 0.5)",
            "Mul(Mul(x, 0.5), Add(Tanh(Mul(Add(x, Mul(Pow(x, 3), 0.044715)), 0.7978845608028654)), 1))", "Mul(Mul(x, Add(Tanh(Mul(Add(x, Mul(Pow(x, 3), 0.044715)), 0.7978845608028654)), 1)), 0.5)"),
        .. Each("Swish", x => x[0].Silu(), "Mul(x, Sigmoid(x))"),
        .. Each("Mish", x => x[0].Mish(), "Mul(x, Tanh(Softplus(x)))"),
        .. Each("Rsqrt", x => x[0].Rsqrt(), "Reciprocal(Sqrt(x))", "Div(1, Sqrt(x))", "Pow(x, -0.5)"),
        .. Each("Log1p", x => x[0].Log1p(), "Log(Add(x, 1))"),
        .. Each("Expm1", x => x[0].Expm1(), "Sub(Exp(x), 1)"),
        .. Each("Square", x => x[0].Square(), "Pow(x, 2)"),
        .. Each("Sqrt", x => x[0].Sqrt(), "Pow(x, 0.5)"),
        .. Norms("Div({0}, Sqrt(Add(ReduceMean({1}), e)))", "Div({0}, Pow(Add(ReduceMean({1}), e), 0.5))", "Mul({0}, Rsqrt(Add(ReduceMean({1}), e)))"),
        .. Attentions("MatMul(q, t)", "MatMul(Mul(q, s), t)", "MatMul(Mul(q, s), Mul(t, s2))", "Div(MatMul(q, t), d)", "Mul(MatMul(q, t), s)", "MatMul(Div(q, d), t)"),
        (Pattern.Of("Add(MatMul(x, Transpose(w)), b)"), "Linear", m => IsRow(m, turned: true) ? x => [x[0].Linear(x[1], x[2])] : null),
        (Pattern.Of("Add(MatMul(x, w), b)"), "Linear", m => IsRow(m, turned: false) ? x => [x[0].Linear(x[1].T(), x[2])] : null),
        (Pattern.Of("MatMul(x, Transpose(w))"), "Linear", m => m.Weight("w") is { Rank: 2 } w && w.DType.IsFloatingPoint() && IsTurned(m) ? x => [x[0].Linear(x[1])] : null),
        (Pattern.Of("Reshape(InstanceNormalization(Reshape(x, _g), _i, _j), Shape(x))"), "GroupNormalization", Groups),
        (Pattern.Of("Add(Mul(GroupNormalization(x), Reshape(w, _c)), Reshape(b, _c))"), "GroupNormalization", WeightedGroups),
    ];

    static readonly ILookup<string, (Pattern Pattern, string Op, Func<Match, Kernel?> Make)> s_byOp = s_all.ToLookup(f => f.Pattern.Op);

    /// <summary>A plan with the same results, in which what was said by several steps is said by one.</summary>
    public static Plan Of(Plan plan)
    {
        Producers producers = new(plan.Begin);
        var steps = new Step[plan.Steps.Length];
        for (int i = 0; i < steps.Length; i++) producers.Add(steps[i] = Fused(plan.Steps[i], producers));
        return new Plan { Steps = steps, Begin = plan.Begin, Inputs = plan.Inputs, Outputs = plan.Outputs, Captured = plan.Captured }.For(plan.Outputs);
    }

    static Step Fused(Step step, Producers producers)
    {
        if (step.Outputs is not [>= 0 and var value]) return step;
        producers.Add(step);
        if (Resamplings.Of(step, producers) is { } resampled) return resampled;
        foreach (var (pattern, op, make) in s_byOp[step.Op])
            if (pattern.In(producers, value) is { } match && make(match) is { } kernel)
                return new Step(op, step.Title, kernel, [.. pattern.Letters.Select(l => match[l])], step.Outputs, []) { Numbers = match.Numbers };
        return step;
    }

    static IEnumerable<(Pattern, string, Func<Match, Kernel?>)> Each(string op, Func<Call, Tensor> compute, params string[] patterns) =>
        patterns.Select(p => (Pattern.Of(p), op, (Func<Match, Kernel?>)(_ => x => [compute(x)])));

    static string Format(string form, params object[] parts) => string.Format(CultureInfo.InvariantCulture, form, parts);

    /// <summary>Layer normalization, by all ways to divide by the root.</summary>
    static IEnumerable<(Pattern, string, Func<Match, Kernel?>)> Norms(params string[] roots)
    {
        const string Centred = "Sub(x, ReduceMean(x))";
        foreach (string root in roots)
            foreach (string square in (string[])["Square({0})", "Mul({0}, {0})"])
            {
                string scaled = Format(root, Centred, Format(square, Centred));
                yield return (Pattern.Of($"Add(Mul({scaled}, w), b)"), "LayerNormalization", m =>
                    m.IsLast("ReduceMean") && m.Number("e") is { } epsilon && m.Weight("w") is { Rank: 1 } w && m.Weight("b") is { } b && b.Shape == w.Shape
                        ? x => [x[0].LayerNorm(x[2].Shape, x[2], x[3], epsilon)] : null);
                yield return (Pattern.Of(scaled), "LayerNormalization", m =>
                    m.IsLast("ReduceMean") && m.Number("e") is { } epsilon ? x => [x[0].LayerNorm([x[0].Shape[^1]], epsilon: epsilon)] : null);
            }
    }

    /// <summary>Attention, by all ways to scale and mask the scores.</summary>
    static IEnumerable<(Pattern, string, Func<Match, Kernel?>)> Attentions(params string[] scores)
    {
        foreach (string score in scores)
            foreach (string masked in (string[])["Add({0}, m)", "{0}", "Where(h, -Infinity, {0})"])
                foreach (string weights in (string[])["Softmax({0})", "Where(z, 0, Softmax({0}))"])
                {
                    var pattern = Pattern.Of($"MatMul({Format(weights, Format(masked, score))}, v)");
                    yield return (pattern, "Attention", m => Attend(m, [.. pattern.Letters]));
                }
    }

    static Kernel? Attend(Match m, string[] letters)
    {
        if (!m.Steps.Where(s => s.Op == "Softmax").All(s => s.Numbers.GetValueOrDefault("axis") is [-1] or [3] or null)) return null;
        double scale = 1;
        foreach (string letter in letters)
        {
            if (letter is not ("s" or "s2" or "d")) continue;
            if (m.Number(letter) is not { } factor) return null;
            scale = letter == "d" ? scale / factor : scale * factor;
        }
        int At(string letter) => Array.IndexOf(letters, letter);
        var (q, t, v, bias, hidden, blind) = (At("q"), At("t"), At("v"), At("m"), At("h"), At("z"));
        return x =>
        {
            Tensor? mask = bias >= 0 ? x[bias] : hidden >= 0 ? !x[hidden] : null;
            if (blind >= 0) mask = mask is null ? !x[blind] : mask.DType == DType.Bool ? mask & !x[blind] : (x[blind]).Where(Tensor.Scalar(double.NegativeInfinity, mask.DType), mask);
            return [Attended(x[q], x[t], x[v], mask, scale)];
        };
    }

    // Where sizes do not match as those of heads do, it is what its parts are.
    static Tensor Attended(Tensor q, Tensor t, Tensor v, Tensor? mask, double scale)
    {
        bool heads = q.Rank >= 3 && q.Rank == t.Rank && q.Rank == v.Rank && q.Shape.Slice(0, q.Rank - 2) == t.Shape.Slice(0, q.Rank - 2) && q.Shape.Slice(0, q.Rank - 2) == v.Shape.Slice(0, q.Rank - 2);
        if (heads && (mask is null || mask.Rank <= q.Rank)) return q.ScaledDotProductAttention(t.Transpose(-2, -1), v, mask, scale: scale);
        var scores = q.MatMul(t) * scale;
        if (mask is not null) scores = mask.DType == DType.Bool ? mask.Where(scores, Tensor.Scalar(double.NegativeInfinity, scores.DType)) : scores + mask;
        return scores.Softmax(-1).MatMul(v);
    }

    static bool IsRow(Match m, bool turned) => m.Weight("w") is { Rank: 2 } w && m.Weight("b") is { Rank: 1 } b && w.DType.IsFloatingPoint() && b.Shape[0] == w.Shape[turned ? 0 : 1] && (!turned || IsTurned(m));

    static bool IsTurned(Match m) => m.Steps.Find(s => s.Op == "Transpose")!.Numbers.GetValueOrDefault("perm") is null or [1, 0];

    // Groups as channels.
    static Kernel? Groups(Match m)
    {
        if (m.Weight("_g") is not { Numel: 3 } shape || shape.ToArray<long>() is not [0, var groups, -1]) return null;
        if (m.Weight("_i") is not { } i || m.Weight("_j") is not { } j || !Array.TrueForAll(i.ToArray<double>(), n => n == 1) || !Array.TrueForAll(j.ToArray<double>(), n => n == 0)) return null;
        double epsilon = m.Steps.Find(s => s.Op == "InstanceNormalization")!.Numbers.GetValueOrDefault("epsilon")?[0] ?? 1e-5;
        (m.Numbers["groups"], m.Numbers["epsilon"]) = ([groups], [epsilon]);
        return x => [x[0].GroupNorm((int)groups, epsilon: epsilon)];
    }

    // And then a weight for each channel.
    static Kernel? WeightedGroups(Match m)
    {
        var inner = m.Steps.Find(s => s.Op == "GroupNormalization")!.Numbers;
        if (!inner.TryGetValue("groups", out double[]? groups) || m.Weight("w") is not { Rank: 1 } w || m.Weight("b") is not { Rank: 1 } b || w.Numel != b.Numel) return null;
        double epsilon = inner["epsilon"][0];
        return x => [x[0].GroupNorm((int)groups[0], x[1], x[2], epsilon)];
    }
}
