namespace Candeia.NN;

/// <summary>
/// Fills parameters with initial values, in place; the functions of <see href="https://pytorch.org/docs/stable/nn.init.html">torch.nn.init</see>.
/// All return the tensor. Random ones draw from <see cref="Generator.Default"/> unless a generator is given.
/// </summary>
public static partial class Init
{
    [ThreadStatic] static bool s_skips;

    /// <summary>
    /// Draws nothing on this thread until the result is disposed of: the random functions leave their tensors as they are. For a model whose weights are
    /// about to be loaded, which are then not made twice; what no file gives afterwards is arbitrary.
    /// </summary>
    /// <returns>Ends it: <c>using (Init.Skip()) model = new Net();</c></returns>
    /// <example><code>
    /// var saved = new Linear(3, 2).StateDict();
    /// Linear model;
    /// using (Init.Skip()) model = new Linear(3, 2);
    /// model.LoadStateDict(saved);
    /// Console.WriteLine((model.Weight - saved["weight"]).Abs().Max().Item());      // → 0
    /// </code></example>
    public static Switched Skip() => new(ref s_skips, true);

    /// <summary>The same value everywhere.</summary>
    /// <param name="tensor">What is filled, of any shape.</param>
    /// <param name="value">What every element becomes.</param>
    /// <returns>The tensor.</returns>
    /// <example><code>
    /// var weight = Init.Constant(Tensor.Empty([2, 3]), 0.5);
    /// Console.WriteLine(weight.Sum().Item());      // → 3
    /// </code></example>
    public static Tensor Constant(Tensor tensor, double value)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var _ = Autograd.NoGrad();
        return tensor.Fill(value);
    }

    /// <summary>Zeros everywhere.</summary>
    /// <param name="tensor">What is filled, of any shape.</param>
    /// <returns>The tensor.</returns>
    /// <example><code>
    /// var bias = Init.Zeros(Tensor.Empty([3]));
    /// Console.WriteLine(bias.Sum().Item());      // → 0
    /// </code></example>
    public static Tensor Zeros(Tensor tensor) => Constant(tensor, 0);

    /// <summary>Ones everywhere.</summary>
    /// <param name="tensor">What is filled, of any shape.</param>
    /// <returns>The tensor.</returns>
    /// <example><code>
    /// var scale = Init.Ones(Tensor.Empty([3]));
    /// Console.WriteLine(scale.Sum().Item());      // → 3
    /// </code></example>
    public static Tensor Ones(Tensor tensor) => Constant(tensor, 1);

    /// <summary>Uniform on [low, high).</summary>
    /// <param name="tensor">What is filled, of any shape.</param>
    /// <param name="low">The smallest number that can be drawn.</param>
    /// <param name="high">What is above all that can be drawn.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <example><code>
    /// var weight = Init.Uniform(Tensor.Empty([100]), -1, 1);
    /// Console.WriteLine(weight.Abs().Max().Item() &lt;= 1);      // → True
    /// </code></example>
    public static Tensor Uniform(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (s_skips) return tensor;
        using var _ = Autograd.NoGrad();
        return tensor.CopyFrom(Tensor.Uniform(tensor.Shape, low, high, tensor.DType, generator, tensor.Device));
    }

    /// <summary>From the normal distribution.</summary>
    /// <param name="tensor">What is filled, of any shape.</param>
    /// <param name="mean">The middle of the distribution.</param>
    /// <param name="std">The standard deviation: two of three numbers are no further than that from the middle.</param>
    /// <param name="generator">Where the numbers come from; the global generator, if none is given.</param>
    /// <returns>The tensor.</returns>
    /// <example><code>
    /// var weight = Init.Normal(Tensor.Empty([10_000]), std: 0.02);
    /// Console.WriteLine(weight.Std().Item() is > 0.019 and &lt; 0.021);      // → True
    /// </code></example>
    public static Tensor Normal(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (s_skips) return tensor;
        using var _ = Autograd.NoGrad();
        return tensor.CopyFrom(Tensor.Normal(tensor.Shape, mean, std, tensor.DType, generator, tensor.Device));
    }

    /// <summary>Fills from numbers in row-major order.</summary>
    static Tensor Set(Tensor tensor, double[] values)
    {
        using var _ = Autograd.NoGrad();
        return tensor.CopyFrom(Tensor.From(values, tensor.Shape));
    }
}
