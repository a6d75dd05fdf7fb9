namespace Candeia;

public sealed partial class Node
{
    /// <summary>Lets the result wait until somebody needs it.</summary>
    internal Lazy BecomeLazy()
    {
        var lazy = new Lazy(this);
        _ahead = lazy;
        return lazy;
    }

    /// <summary>Tells of a result that waits for this one; false where this one has been computed.</summary>
    internal bool TryAddReader(Lazy reader)
    {
        lock (this)
        {
            if (Lazy is not { } lazy || !Output.IsPending) return false;
            Lazy.Add(ref lazy.Readers, reader);
            return true;
        }
    }

    /// <summary>Refuses to compute from values that have been written since they were used.</summary>
    internal void CheckFresh()
    {
        if (IsStale)
            throw new InvalidOperationException($"The {Output.Shape} from {Op.Name} was never computed, and an input has been written since; call Settle() on it before that.");
    }

    /// <summary>Memory for the result of a node that waits.</summary>
    internal Tensor Reserve()
    {
        using var scope = Scope.Enter(_scope);
        return Output.Device.Empty(Output.Layout, Output.DType);
    }

    /// <summary>Takes the memory in which the result has been computed, unless another thread was faster.</summary>
    internal void Accept(Storage storage)
    {
        lock (this)
        {
            if (!Output.IsPending || Lazy is not { } lazy)
            {
                storage.Release();
                return;
            }
            storage.Claims = lazy.Claims;
            storage.TakeReaders(lazy.Readers);
            Output.Settle(storage);
            _ahead = null;
            Close();
            if (!IsReleased) return;
            Inputs = [];
            _uses = [];
        }
    }

    /// <summary>
    /// The memory is about to be written or given back, and this node's result waits and would read it: it is computed now. Where the memory is small beside the
    /// result, as that of a bias is, a copy of it will do.
    /// </summary>
    internal void Part(Storage from)
    {
        lock (this)
        {
            if (!Output.IsPending) return;
            using var noGrad = Autograd.NoGrad();
            using var scope = Scope.Enter(_scope);
            using var pause = Tracing.Pause();
            if (from.Bytes * Small > Output.Numel * Output.DType.Size()) Chain.Compute(this);
            else for (int i = 0; i < Inputs.Length; i++) if (!Inputs[i].IsPending && Inputs[i].Storage == from) Keep(i);
        }
    }

    /// <summary>Adds up rows of the result without storing it, if it waits still.</summary>
    internal bool TrySum(Tensor sums, long rows, long n)
    {
        lock (this)
        {
            if (!Output.IsPending || Lazy is null || HasEnded) return false;
            using var noGrad = Autograd.NoGrad();
            return Chain.Sum(this, sums, rows, n);
        }
    }

    /// <summary>Writes the result to memory that exists, if it waits still.</summary>
    internal bool TryWrite(Tensor target)
    {
        Chain.PartOthers(this, target.Storage);                              // not while this is locked, which they may be waiting for
        lock (this)
        {
            if (!Output.IsPending || Lazy is null || HasEnded) return false;
            using var noGrad = Autograd.NoGrad();
            using var pause = Tracing.Pause();
            return Chain.TryWrite(this, target);
        }
    }

    /// <summary>Goes over to another scope, in which it will be computed.</summary>
    internal void MoveTo(Scope? scope) => _scope = scope;

    /// <summary>A copy of an input, from which the gradient flows where it flowed before.</summary>
    void Keep(int input)
    {
        var copy = Inputs[input].Detach().Clone().Settle();
        copy.IsNumber = Inputs[input].IsNumber;
        if (_uses[input].Edge.Node is { } node)
        {
            copy.RequiresGrad = true;
            copy.ComesFrom(node, _uses[input].Edge.Output);
        }
        Inputs[input] = copy;
        _uses[input] = new(_uses[input].Edge, copy.Version);
    }
}
