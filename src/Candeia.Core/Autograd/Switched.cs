namespace Candeia;

/// <summary>A setting of this thread until it is disposed of, when what was set before holds again: <c>using var _ = Autograd.NoGrad();</c></summary>
public readonly ref struct Switched
{
    readonly ref bool _setting;
    readonly bool _before;

    internal Switched(ref bool setting, bool value)
    {
        _setting = ref setting;
        _before = setting;
        setting = value;
    }

    /// <summary>Restores what was set before.</summary>
    public void Dispose() => _setting = _before;
}
