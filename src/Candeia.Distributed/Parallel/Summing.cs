using Candeia.NN;
using Candeia.Training;

namespace Candeia.Distributed;

/// <summary>What an optimizer's update needs of the other ranks, and how much its gradients count.</summary>
internal sealed class Summing : IDisposable
{
    readonly Optimizer _optimizer;
    readonly Line _line;
    readonly GradientSums _sums;
    readonly OptimizerShare? _share;
    double _ownWeight, _ownCounted;                                          // of the present shard
    double _weight, _counts;                                                 // of all that the gradients at hand are a mean of
    double _counted;                                                         // since the last update
    bool _laid;

    public Summing(Optimizer optimizer, Line line, bool splits) =>
        (_optimizer, _line, _sums, _share) = (optimizer, line, new(optimizer, line), splits ? new(optimizer, line) : null);

    /// <summary>A shard is about to be computed.</summary>
    /// <param name="weight">How many items are computed, for which its gradients are a mean.</param>
    /// <param name="counted">How many of them are of the batch.</param>
    /// <param name="isLast">Whether it is the rank's last of the batch.</param>
    public void Expect(int weight, int counted, bool isLast)
    {
        (_ownWeight, _ownCounted) = (weight, counted);
        (_weight, _counts, _counted, _laid) = (_weight + weight, _counts + counted, _counted + counted, false);
        if (isLast) _sums.Expect(counted == 0 ? 0 : weight);
    }

    /// <summary>The gradients of a shard after which others follow: no update yet.</summary>
    public Tensor Lay(StepContext context, Func<Tensor> loss)
    {
        if (_laid) throw new DistributedException("A step that updates an optimizer several times does not go with more shards than ranks: leave the number of shards out.");
        _laid = true;
        _optimizer.ZeroGrad();
        var value = context.Backward(loss);
        _sums.Lay(_ownCounted == 0 ? 0 : _ownWeight);
        (_weight, _counts) = (0, 0);
        return value;
    }

    /// <summary>An update of all ranks together.</summary>
    public Tensor Update(UpdateRule rule, StepContext context, Func<Tensor> loss)
    {
        if (_optimizer is not LBFGS && _share is null) return rule(context, loss, _optimizer);
        var value = _optimizer.Step(() =>
        {
            _optimizer.ZeroGrad();
            var own = context.Backward(loss);
            context.GradientsReady(_optimizer);
            _share?.Restrict();
            return _optimizer is LBFGS ? Mean(own) : own;                    // it decides by the loss how far it goes
        });
        _share?.Share();
        return value;
    }

    /// <summary>The gradients are there, and become the means over all ranks.</summary>
    public void Complete()
    {
        if (_weight == 0) (_weight, _counts, _counted) = (_ownWeight, _ownCounted, _ownCounted);       // a second update by the same batch
        _sums.Complete(_counts == 0 ? 0 : _weight, _counted);
        (_weight, _counts, _counted) = (0, 0, 0);
    }

    public void Gather() => _share?.Gather();

    public void Loaded() => _share?.Loaded();

    public void Dispose() => _sums.Dispose();

    Tensor Mean(Tensor loss)
    {
        double[] sum = [_ownCounted == 0 ? 0 : loss.Item() * _ownCounted, _ownCounted];
        _line.Watchdog.While("the loss", () => _line.Ranks.AllReduce<double>(sum));
        return Tensor.Scalar(sum[0] / sum[1], loss.DType);
    }
}
