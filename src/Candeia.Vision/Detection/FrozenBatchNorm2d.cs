using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Batch normalization whose numbers stay: scale, shift, means and variances are buffers, as torchvision's.</summary>
/// <param name="channels">Channels.</param>
/// <param name="epsilon">Added to the variance.</param>
internal sealed class FrozenBatchNorm2d(int channels, double epsilon = 1e-5) : Layer
{
    [Buffer] readonly Tensor weight = Tensor.Ones([channels]), bias = Tensor.Zeros([channels]), runningMean = Tensor.Zeros([channels]), runningVar = Tensor.Ones([channels]);

    public override Tensor Forward(Tensor x) => x.BatchNorm(runningMean, runningVar, training: false, weight, bias, epsilon: epsilon);

    /// <summary>Takes the place of every batch normalization below a path.</summary>
    public static void InPlaceOf(Module module, string below, double epsilon = 1e-5)
    {
        using var _ = Autograd.NoGrad();
        foreach (var (path, found) in module.NamedModules().ToArray())
        {
            if (found is not BatchNorm2d || !path.StartsWith(below, StringComparison.Ordinal)) continue;
            var numbers = found.StateDict();
            var frozen = new FrozenBatchNorm2d((int)numbers["weight"].Numel, epsilon);
            foreach (var (name, tensor) in frozen.StateDict()) tensor.CopyFrom(numbers[name].Detach());
            module.Replace(path, frozen);
        }
    }
}
