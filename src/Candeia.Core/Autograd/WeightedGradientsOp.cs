using System.Numerics;

namespace Candeia;

/// <summary>
/// The gradients of an op that has an input, a weight and a bias, together: what all of them read is read once. The results are those that are
/// wanted, in that order.
/// </summary>
/// <param name="Wanted">Which gradients are computed.</param>
public abstract record WeightedGradientsOp(Wanted Wanted) : GradientOp
{
    /// <summary>Which gradients the node of such an op needs: its inputs are x, perhaps others, then perhaps weight and bias.</summary>
    internal static Wanted By(Node node, int weight = 1)
    {
        var wanted = node.Needs(0) ? Wanted.Input : Wanted.Nothing;
        if (node.Inputs.Length > weight && node.Needs(weight)) wanted |= Wanted.Weight;
        if (node.Inputs.Length > weight + 1 && node.Needs(weight + 1)) wanted |= Wanted.Bias;
        return wanted;
    }

    /// <summary>Whether the gradients of a product read an input of the node: a factor only for the gradient of the other.</summary>
    internal static bool ReadsFactor(Node node, int input) => input < 2 && node.Needs(1 - input);

    /// <summary>Applies the op: the gradients of input, weight and bias, null where they are not wanted.</summary>
    private protected Tensor?[] Run(Layout input, Layout? weight, Layout? bias, params ReadOnlySpan<Tensor> x)
    {
        if (Wanted == Wanted.Nothing) return [null, null, null];
        Span<TensorSpec> specs = [default, default, default];
        int count = 0;
        if (Has(Wanted.Input)) specs[count++] = new(input, x[0].DType);
        if (Has(Wanted.Weight)) specs[count++] = new(weight!, x[0].DType);
        if (Has(Wanted.Bias)) specs[count++] = new(bias!, x[0].DType);
        var results = Run(specs[..count], x);
        if (count == 3) return results;
        return [Of(results, Wanted.Input), Of(results, Wanted.Weight), Of(results, Wanted.Bias)];
    }

    /// <summary>How the gradient of a bias lies in memory, which has a number for each row of the weight.</summary>
    private protected Layout? LayoutOf(Tensor? bias, Tensor weight) =>
        !Has(Wanted.Bias) ? null : bias is null ? Layout.Of([weight.Shape[0]]) : bias.Layout.RowMajor();

    /// <summary>Row by row of these inputs and of the input's gradient; those of weight and bias are sums over all rows.</summary>
    private protected Cut Rows(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, int inputs)
    {
        var cut = Cut.Rows(x, y, inputs);
        cut.Outputs.AsSpan(Has(Wanted.Input) ? 1 : 0).Fill(Cut.Whole);
        return cut with { Join = new AddOp() };
    }

    /// <summary>
    /// The same of a layer, whose inputs are the gradient of the output, x, the weight [outputs, …] and perhaps something like the gradient: where the weight is the
    /// largest, output by output, and the gradient of x is a sum.
    /// </summary>
    private protected Cut Layer(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, int dim)
    {
        if (!Cut.IsHeavy(x[2], x[1], x[0]))
        {
            var rows = Rows(x, y, inputs: x.Length);
            rows.Inputs[2] = Cut.Whole;
            return rows;
        }
        int[] inputs = new int[x.Length], outputs = new int[y.Length];
        inputs.AsSpan().Fill(dim);
        (inputs[1], inputs[2]) = (Cut.Whole, 0);
        if (Has(Wanted.Input)) outputs[0] = Cut.Whole;
        return new(inputs, outputs) { Join = new AddOp() };
    }

    private protected bool Has(Wanted which) => (Wanted & which) != 0;

    /// <summary>One of the results, or null where it is not wanted.</summary>
    private protected Tensor? Of(ReadOnlySpan<Tensor> results, Wanted which) =>
        Has(which) ? results[BitOperations.PopCount((uint)Wanted & ((uint)which - 1))] : null;

    /// <summary>The results, of which those that are not wanted are null.</summary>
    private protected static Tensor[] Results(Tensor? input, Tensor? weight, Tensor? bias)
    {
        List<Tensor> results = new(3);
        if (input is not null) results.Add(input);
        if (weight is not null) results.Add(weight);
        if (bias is not null) results.Add(bias);
        return [.. results];
    }
}
