namespace Candeia;

/// <summary>
/// The memory of what lies between the ops of a composition. Where no gradient is recorded nobody needs it once the result is there, and it is given back then,
/// not when the scope of the caller ends: <c>using var between = Between.Of(x); … return between.Keep(y);</c>
/// </summary>
internal readonly ref struct Between
{
    readonly Scope? _scope;

    Between(Scope scope) => _scope = scope;

    /// <summary>Begins a composition of these tensors. With a record of it, for a gradient or for whoever watches, everything stays as it is.</summary>
    public static Between Of(params ReadOnlySpan<Tensor?> inputs)
    {
        if (Tracing.IsOn) return default;
        if (Autograd.Enabled) foreach (var x in inputs) if (x is { RequiresGrad: true }) return default;
        return new(Scope.Begin());
    }

    /// <summary>The result, computed, as if it had been made by the caller.</summary>
    public Tensor Keep(Tensor y)
    {
        if (_scope is not null && _scope.Owns(y.Settle())) y.Storage.MoveTo(_scope.Outer);
        return y;
    }

    public void Dispose() => _scope?.Dispose();
}
