namespace Candeia;

/// <summary>A derivative differs from finite differences; the message says of which input, where, and by how much.</summary>
public sealed class GradCheckException(string message) : ArithmeticException(message);

public static partial class Autograd
{
    /// <summary>
    /// Compares the derivatives of a function with finite differences, element by element, for every input that requires a gradient. Inputs should be
    /// float64, a few elements each, and away from kinks.
    /// </summary>
    /// <param name="function">The function: any number of tensors to any number of tensors.</param>
    /// <param name="inputs">Where to compare.</param>
    /// <param name="step">By how much an element is moved to either side.</param>
    /// <param name="absolute">What the difference may be, for derivatives around 0.</param>
    /// <param name="relative">What the difference may be, as a part of the derivative.</param>
    /// <exception cref="GradCheckException">A derivative differs by more.</exception>
    /// <example><code>
    /// var x = Tensor.Linspace(0.5, 2, 4, DType.Float64);
    /// x.RequiresGrad = true;
    /// Autograd.GradCheck(t => [t[0].Log() * t[0]], [x]);
    /// </code></example>
    public static void GradCheck(Func<Tensor[], Tensor[]> function, Tensor[] inputs, double step = 1e-6, double absolute = 1e-5, double relative = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        var outputs = Array.FindAll(function(inputs), y => y.RequiresGrad);
        if (outputs.Length == 0) throw new InvalidOperationException("No result of the function requires a gradient: set RequiresGrad on the inputs that are to be checked.");
        var weights = Array.ConvertAll(outputs, Weights);
        for (int k = 0; k < inputs.Length; k++)
        {
            var input = inputs[k];
            if (!input.RequiresGrad) continue;
            double[] derivative = Gradients(outputs, [input], weights, retainGraph: true)[0].ToArray<double>();
            for (int i = 0; i < derivative.Length; i++)
            {
                double slope = (Moved(function, inputs, k, i, step, weights) - Moved(function, inputs, k, i, -step, weights)) / (2 * step);
                if (Math.Abs(slope - derivative[i]) <= absolute + relative * Math.Abs(slope)) continue;
                throw new GradCheckException($"The derivative by element {i} of input {k}, {input.Shape}, is {derivative[i]:g9}, but finite differences give {slope:g9}.");
            }
        }
    }

    /// <summary>Compares second derivatives: <see cref="GradCheck"/> of the gradients that the backward pass gives.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">Where to compare.</param>
    /// <param name="step">By how much an element is moved to either side.</param>
    /// <param name="absolute">What the difference may be, for derivatives around 0.</param>
    /// <param name="relative">What the difference may be, as a part of the derivative.</param>
    /// <exception cref="GradCheckException">A second derivative differs by more.</exception>
    public static void GradGradCheck(Func<Tensor[], Tensor[]> function, Tensor[] inputs, double step = 1e-6, double absolute = 1e-5, double relative = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        var weights = Array.ConvertAll(Array.FindAll(function(inputs), y => y.RequiresGrad), y =>
        {
            var weight = Weights(y);
            weight.RequiresGrad = true;
            return weight;
        });
        GradCheck(Slopes, [.. inputs, .. weights], step, absolute, relative);

        Tensor[] Slopes(Tensor[] x)
        {
            var outputs = Array.FindAll(function(x[..inputs.Length]), y => y.RequiresGrad);
            return Gradients(outputs, Array.FindAll(x[..inputs.Length], t => t.RequiresGrad), x.AsSpan(inputs.Length), createGraph: true);
        }
    }

    static double Moved(Func<Tensor[], Tensor[]> function, Tensor[] inputs, int k, int i, double step, Tensor[] weights)
    {
        var moved = Array.ConvertAll(inputs, x =>
        {
            var copy = x.Detach().Clone();
            copy.RequiresGrad = x.RequiresGrad;
            return copy;
        });
        using (NoGrad())
        {
            var flat = moved[k].Detach().Contiguous().Reshape(-1).Clone();
            flat[i] += step;
            moved[k].CopyFrom(flat.Reshape(moved[k].Shape));
        }
        var outputs = Array.FindAll(function(moved), y => y.RequiresGrad);
        double sum = 0;
        for (int n = 0; n < outputs.Length; n++) sum += (double)(outputs[n].Detach() * weights[n].Detach()).Sum();
        return sum;
    }

    /// <summary>Weights that do not let errors of two elements cancel.</summary>
    static Tensor Weights(Tensor y) => (Tensor.Arange(1, y.Numel + 1, dtype: y.DType, device: y.Device) * 0.7).Cos().Reshape(y.Shape);
}
