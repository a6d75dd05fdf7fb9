using Candeia.Data;

namespace Candeia.Experiments;

/// <summary>The best linear way from a season, all of its values and where in day and week it ends, to the steps to come: least squares, in one go.</summary>
sealed class LinearForecast
{
    const double Ridge = 1e-3;
    readonly Tensor _weights;

    /// <summary>Learns from windows.</summary>
    public LinearForecast(Dataset<Sample> train)
    {
        Tensor? square = null, product = null;
        foreach (var (x, y) in train.Loader(512, workers: 0))
        {
            using var scope = Scope.Begin();
            var turned = Inputs(x).T();
            square = Sum(square, turned.MatMul(turned.T()));
            product = Sum(product, turned.MatMul(y.To(DType.Float64)));
        }
        var ridge = Ridge * train.Count * Tensor.Eye(square!.Shape[0], dtype: DType.Float64);
        _weights = Linalg.Solve(square + ridge, product!);
    }

    /// <summary>[n, season, features] → [n, horizon].</summary>
    public Tensor Forward(Tensor x) => Inputs(x).MatMul(_weights);

    static Tensor Sum(Tensor? before, Tensor more) => (before is null ? more : before + more).Keep();

    // The values, where they end, and a one.
    static Tensor Inputs(Tensor x) => Tensor.Cat([x[.., .., 0], x[.., ^1, 1..], Tensor.Ones([x.Shape[0], 1])], 1).To(DType.Float64);
}
