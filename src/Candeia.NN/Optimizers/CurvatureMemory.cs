using System.Numerics.Tensors;

namespace Candeia.NN;

/// <summary>
/// The last moves s and the changes y of the gradient with them, from which the product of the inverse Hessian with a gradient is estimated.
/// </summary>
internal sealed class CurvatureMemory(int size)
{
    readonly List<(double[] S, double[] Y, double InverseDot)> _moves = [];
    double _scale = 1;

    public int Count => _moves.Count;

    public (double[] S, double[] Y) this[int i] => (_moves[i].S, _moves[i].Y);

    public void Clear() => _moves.Clear();

    /// <summary>Remembers a move, unless the curvature along it is not positive.</summary>
    public void Add(double[] s, double[] y)
    {
        double dot = TensorPrimitives.Dot<double>(y, s);
        if (dot <= 1e-10) return;
        if (_moves.Count == size) _moves.RemoveAt(0);
        _moves.Add((s, y, 1 / dot));
        _scale = dot / TensorPrimitives.Dot<double>(y, y);
    }

    /// <summary>−H⁻¹·g, by the recursion in two loops.</summary>
    public double[] Direction(double[] g)
    {
        double[] d = new double[g.Length];
        TensorPrimitives.Negate(g, d);
        double[] α = new double[_moves.Count];
        for (int i = _moves.Count - 1; i >= 0; i--)
        {
            var (s, y, inverse) = _moves[i];
            α[i] = TensorPrimitives.Dot<double>(s, d) * inverse;
            TensorPrimitives.MultiplyAdd(y, -α[i], d, d);
        }
        TensorPrimitives.Multiply(d, _scale, d);
        for (int i = 0; i < _moves.Count; i++)
        {
            var (s, y, inverse) = _moves[i];
            TensorPrimitives.MultiplyAdd(s, α[i] - TensorPrimitives.Dot<double>(y, d) * inverse, d, d);
        }
        return d;
    }
}
