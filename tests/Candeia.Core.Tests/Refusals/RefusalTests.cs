using System.Runtime.CompilerServices;

namespace Candeia.Tests;

/// <summary>Wrong calls, and calls at the edge of what is right, are refused where PyTorch refuses them: tests/golden/refusals.json says which those are.</summary>
public partial class RefusalTests
{
    static readonly Dictionary<string, Func<object?>> s_calls = new([.. Pointwise, .. Reductions, .. Movement, .. Indexing, .. Creation, .. Derivatives, .. Products, .. Images, .. Transforms]);

    /// <summary>What is refused by one side alone, on purpose.</summary>
    static readonly Dictionary<string, string> s_differences = new()
    {
        ["elu, whole numbers"] = Fractions, ["celu, whole numbers"] = Fractions, ["gelu, whole numbers"] = Fractions, ["silu, whole numbers"] = Fractions, ["mish, whole numbers"] = Fractions,
        ["softplus, whole numbers"] = Fractions, ["leaky_relu, whole numbers"] = Fractions, ["hardswish, whole numbers"] = Fractions, ["hardsigmoid, whole numbers"] = Fractions,
        ["logsigmoid, whole numbers"] = Fractions, ["hypot, whole numbers"] = Fractions, ["logcumsumexp, whole numbers"] = Fractions, ["cosine_similarity, whole numbers"] = Fractions,
        ["complex, whole numbers"] = Fractions, ["polar, whole numbers"] = Fractions, ["view_as_complex, whole numbers"] = Fractions,
        ["isclose, types"] = Compared, ["allclose, types"] = Compared,
        ["argmax, truth values"] = Order, ["median, truth values"] = Order,
        ["subtract, a truth value"] = "A truth value is 1 or 0 beside numbers, in a difference as in a sum; of two of them there is none.",
        ["masked_fill, mask of fractions"] = Mask, ["masked_scatter, mask of fractions"] = Mask,
        ["median, nothing, whole numbers"] = Nothing, ["nanmedian, nothing, whole numbers"] = Nothing,
        ["as_strided, a stride below zero"] = "AsStrided reads no memory but the tensor's, so that steps may go back.",
        ["diff, below zero"] = "PyTorch 1.13 gives the input back.",
        ["exponential, a rate of zero"] = Distribution, ["cauchy, a width of zero"] = Distribution,
        ["solve_triangular, types"] = "PyTorch 1.13 reads one type as the other.",
    };

    const string Fractions = "A function of fractions takes whole numbers, as exp and sigmoid do in PyTorch too: [[-2, 0, 3]] is how they are written in C#.";
    const string Compared = "Numbers of two types are compared in the type in which they meet, as == and < do it in PyTorch too.";
    const string Order = "False is less than true, as where they are sorted.";
    const string Mask = "A mask has truth values; later versions of PyTorch refuse all others too.";
    const string Nothing = "No whole number says that there is none; PyTorch gives the smallest.";
    const string Distribution = "There is no such distribution; later versions of PyTorch refuse it too.";

    static Tensor F(params int[] shape) => Tensor.Ones(new Shape(shape));

    static Tensor D(params int[] shape) => Tensor.Ones(new Shape(shape), DType.Float64);

    static Tensor I(params int[] shape) => Tensor.Ones(new Shape(shape), DType.Int64);

    static Tensor B(params int[] shape) => Tensor.Ones(new Shape(shape), DType.Bool);

    static Tensor Z(params int[] shape) => Tensor.Ones(new Shape(shape), DType.Complex64);

    static Tensor Ix(params long[] positions) => Tensor.From(positions);

    static Tensor Leaf(Tensor x)
    {
        var leaf = x.Clone();
        leaf.RequiresGrad = true;
        return leaf;
    }

    static Tensor Back(Tensor x)
    {
        x.Backward();
        return x;
    }

    static Tensor Write(Tensor x)
    {
        x[..] += 1;
        return x;
    }

    static Tensor Twice()
    {
        var loss = Leaf(F(2)).Exp().Sum();
        loss.Backward();
        return Back(loss);
    }

    /// <summary>Whatever a call gives, computed.</summary>
    static void Settle(object? result)
    {
        if (result is Tensor x) x.Settle();
        else if (result is Tensor[] several) foreach (var y in several) y.Settle();
        else if (result is ITuple tuple) for (int i = 0; i < tuple.Length; i++) Settle(tuple[i]);
    }

    static Exception? Refusal(string call)
    {
        using var seeded = Generator.Use(new(1));
        return Record.Exception(() => Settle(s_calls[call]()));
    }

    public static TheoryData<string> Names => [.. s_calls.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Is_refused_where_PyTorch_refuses_it_and_in_one_sentence(string call)
    {
        bool there = Golden.Json("refusals").GetProperty(call).GetBoolean();
        var refusal = Refusal(call);
        Assert.True(refusal is null or ArgumentException or InvalidOperationException or NotSupportedException or LinalgException, $"{refusal}");
        if (s_differences.TryGetValue(call, out string? reason))
            Assert.True(there != refusal is not null, $"This is no difference any more: {reason}");
        else Assert.True(there == refusal is not null, there ? "PyTorch refuses this." : $"PyTorch takes this: {refusal}");
        if (refusal is null) return;
        string sentence = refusal.Message.Split(" (Parameter", 2)[0].Split("\n", 2)[0].TrimEnd();
        bool begins = !char.IsLower(sentence[0]) || refusal is ArgumentException { ParamName: { } name } && sentence.StartsWith(name, StringComparison.Ordinal);
        Assert.True(sentence.Length is > 20 and < 300 && begins && sentence[^1] == '.', sentence);
    }

    [Fact]
    public void The_calls_are_those_that_PyTorch_was_asked()
    {
        Assert.Equal(Golden.Json("refusals").EnumerateObject().Select(p => p.Name), s_calls.Keys);
        Assert.True(s_calls.Count >= 220);
        Assert.All(s_differences.Keys, name => Assert.Contains(name, s_calls.Keys));
    }
}
