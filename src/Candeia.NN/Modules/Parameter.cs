namespace Candeia.NN;

/// <summary>Makes the tensors that a module trains.</summary>
public static class Parameter
{
    /// <summary>A parameter with these values: it requires a gradient, belongs to no scope, and shares the values' memory.</summary>
    /// <param name="values">What the parameter begins with, in its shape.</param>
    /// <exception cref="ArgumentException">The values are not floating-point numbers.</exception>
    /// <remarks>
    /// Whether a tensor is a parameter is fixed here; whether it is trained is <see cref="Tensor.RequiresGrad"/>, so a frozen parameter remains a
    /// parameter.
    /// </remarks>
    /// <example><code>
    /// var weight = Parameter.Of(Tensor.Zeros([2, 3]));
    /// Console.WriteLine(weight.RequiresGrad);      // → True
    /// </code></example>
    public static Tensor Of(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!values.DType.IsFloatingPoint())
            throw new ArgumentException($"A parameter holds floating-point numbers, not {values.DType}. Mark other state of a module as [Buffer].");
        return new Tensor(values.Keep().Storage, values.Layout, values.DType) { IsParameter = true, RequiresGrad = true };
    }
}
