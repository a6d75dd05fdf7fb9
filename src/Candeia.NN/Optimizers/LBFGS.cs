using System.Numerics.Tensors;

namespace Candeia.NN;

/// <summary>
/// Newton's method with a curvature that is learned from the last steps (<see href="https://link.springer.com/article/10.1007/BF01589116">Liu and
/// Nocedal, 1989</see>).
/// For small models and full batches: each step computes the loss many times. All parameters are one group.
/// </summary>
/// <remarks>The vectors are kept on the host in double precision.</remarks>
public sealed class LBFGS : Optimizer
{
    readonly int _iterations, _evaluations;
    readonly double _toleranceGradient, _toleranceChange;
    readonly bool _strongWolfe;
    readonly CurvatureMemory _memory;
    double[] _direction = [], _gradient = [];
    double _length;
    int _made;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">The length of a step without line search, and the first that a line search tries.</param>
    /// <param name="maxIterations">How many times a step moves at most.</param>
    /// <param name="maxEvaluations">How many times a step computes the loss at most, line searches apart; 5/4 of the iterations unless given.</param>
    /// <param name="toleranceGradient">A step ends when no gradient is larger.</param>
    /// <param name="toleranceChange">A step ends when neither a parameter nor the loss changes by more.</param>
    /// <param name="historySize">How many steps are remembered.</param>
    /// <param name="strongWolfe">Whether each move searches for a length that satisfies the strong Wolfe conditions.</param>
    public LBFGS(
        IEnumerable<Tensor> parameters, double learningRate = 1, int maxIterations = 20, int? maxEvaluations = null,
        double toleranceGradient = 1e-7, double toleranceChange = 1e-9, int historySize = 100, bool strongWolfe = false) : base(parameters, learningRate)
    {
        (_iterations, _evaluations) = (maxIterations, maxEvaluations ?? maxIterations * 5 / 4);
        (_toleranceGradient, _toleranceChange, _strongWolfe) = (toleranceGradient, toleranceChange, strongWolfe);
        _memory = new(historySize);
    }

    /// <inheritdoc/>
    public override Tensor Step(Func<Tensor> closure)
    {
        if (Maximize) throw new InvalidOperationException("LBFGS searches a smallest loss; to maximize, return the negative of it from the closure.");
        ArgumentNullException.ThrowIfNull(closure);
        if (Groups is not [var group]) throw new InvalidOperationException("LBFGS knows one group of parameters only.");
        var first = closure();
        double loss = first.Item();
        double[] g = Gradient(group);
        int evaluations = 1;
        if (Largest(g) <= _toleranceGradient) return first;

        for (int iteration = 1; ; iteration++)
        {
            double[] d = Direction(g);
            double before = loss, slope = TensorPrimitives.Dot<double>(g, d);
            _length = _made == 1 ? Math.Min(1, 1 / TensorPrimitives.SumOfMagnitudes<double>(g)) * group.LearningRate : group.LearningRate;
            if (slope > -_toleranceChange) break;

            if (_strongWolfe)
            {
                double[][] start = [.. group.Parameters.Select(p => p.ToArray<double>())];
                var search = new StrongWolfe(t => Try(closure, group, start, t, d), d, Largest(d), _toleranceChange);
                (_length, loss, g) = search.Run(_length, loss, g, slope);
                evaluations += search.Evaluations;
                Move(group, start, _length, d);
            }
            else
            {
                Move(group, [.. group.Parameters.Select(p => p.ToArray<double>())], _length, d);
                if (iteration == _iterations) break;                         // the next step computes the loss here anyway
                (loss, g) = Evaluate(closure, group);
                evaluations++;
            }

            bool still = Largest(d) * Math.Abs(_length) <= _toleranceChange || Math.Abs(loss - before) < _toleranceChange;
            if (iteration == _iterations || evaluations >= _evaluations || Largest(g) <= _toleranceGradient || still) break;
        }
        return first;
    }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters) =>
        throw new InvalidOperationException("LBFGS computes the loss several times in a step: use Step(closure).");

    /// <summary>Learns from the last move, and gives the direction of the next.</summary>
    double[] Direction(double[] g)
    {
        if (_made > 0)
        {
            double[] y = new double[g.Length], s = new double[g.Length];
            TensorPrimitives.Subtract(g, _gradient, y);
            TensorPrimitives.Multiply(_direction, _length, s);
            _memory.Add(s, y);
        }
        _made++;
        _gradient = g;
        return _direction = _memory.Direction(g);
    }

    static (double Loss, double[] Gradient) Try(Func<Tensor> closure, ParameterGroup group, double[][] start, double t, double[] d)
    {
        Move(group, start, t, d);
        return Evaluate(closure, group);
    }

    static (double Loss, double[] Gradient) Evaluate(Func<Tensor> closure, ParameterGroup group)
    {
        using var scope = Scope.Begin();
        double loss = closure().Item();
        return (loss, Gradient(group));
    }

    static double[] Gradient(ParameterGroup group) => [.. group.Parameters.SelectMany(p => p.Grad?.ToArray<double>() ?? new double[p.Numel])];

    /// <summary>Sets the parameters to start + t·d.</summary>
    static void Move(ParameterGroup group, double[][] start, double t, double[] d)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        int offset = 0;
        for (int i = 0; i < start.Length; offset += start[i++].Length)
        {
            double[] moved = new double[start[i].Length];
            TensorPrimitives.MultiplyAdd(d.AsSpan(offset, moved.Length), t, start[i], moved);
            group.Parameters[i].CopyFrom(Tensor.From(moved, group.Parameters[i].Shape));
        }
    }

    static double Largest(double[] x) => x.Length == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<double>(x));

    private protected override void Saving(ParameterState first)
    {
        if (_made == 0) return;
        first.Set("n_iter", _made);
        first.Set("t", _length);
        first.Put("d", Tensor.From(_direction));
        first.Put("prev_flat_grad", Tensor.From(_gradient));
        for (int i = 0; i < _memory.Count; i++)
        {
            first.Put($"old_stps.{i}", Tensor.From(_memory[i].S));
            first.Put($"old_dirs.{i}", Tensor.From(_memory[i].Y));
        }
    }

    private protected override void Loaded(ParameterState first)
    {
        (_made, _length) = ((int)first.Number("n_iter"), first.Number("t"));
        _memory.Clear();
        if (_made == 0) return;
        (_direction, _gradient) = (first["d"].ToArray<double>(), first["prev_flat_grad"].ToArray<double>());
        for (int i = 0; first.Has($"old_stps.{i}"); i++) _memory.Add(first[$"old_stps.{i}"].ToArray<double>(), first[$"old_dirs.{i}"].ToArray<double>());
    }

    private protected override bool Fits(Tensor value, Tensor parameter) => value.Rank == 1 && value.Numel == Groups[0].Parameters.Sum(p => p.Numel);
}
