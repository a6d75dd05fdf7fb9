namespace Candeia.Distributions;

/// <summary>The parameters of distributions: stretched to one shape, of one type with fractions, and in their bounds.</summary>
internal static class Parameters
{
    public static Tensor One(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.IsNumber ? Tensor.Scalar(x, Tensor.DefaultDType) : x.To(x.DType.Fractional());
    }

    public static (Tensor A, Tensor B) Two(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (dtype, shape) = (a.IsNumber && b.IsNumber ? Tensor.DefaultDType : DTypes.Result(a, b).Fractional(), Shape.Broadcast(a.Shape, b.Shape));
        return (Stretched(a, shape, dtype), Stretched(b, shape, dtype));
    }

    public static (Tensor A, Tensor B, Tensor C) Three(Tensor a, Tensor b, Tensor c)
    {
        var (first, second) = Two(a, b);
        var (_, third) = Two(first, c);
        (first, third) = Two(first, third);
        return (first, Two(second, third).A, third);
    }

    static Tensor Stretched(Tensor x, Shape shape, DType dtype) => (x.IsNumber ? Tensor.Scalar(x, dtype) : x.To(dtype)).Expand(shape);

    public static Tensor Positive(Tensor x, string name) => Check(x, x.Detach() > 0, name, "positive");

    public static Tensor Probability(Tensor x, string name) => Check(x, (x.Detach() >= 0) & (x.Detach() <= 1), name, "from 0 to 1");

    public static Tensor Finite(Tensor x, string name) => Check(x, x.Detach().IsFinite(), name, "finite");

    public static Tensor Check(Tensor x, Tensor good, string name, string what) =>
        (bool)good.All() ? x : throw new ArgumentException($"Every {name} is {what}, and some of those that were given are not.", name);

    /// <summary>Exactly one of two ways to say the same.</summary>
    public static bool IsFirst(Tensor? first, Tensor? second, string one, string other) => (first is null) != (second is null) ? first is not null
        : throw new ArgumentException($"A distribution is given by its {one} or by its {other}, not by {(first is null ? "neither" : "both")}.");
}
