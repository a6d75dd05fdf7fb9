namespace Candeia.NN;

/// <summary>The least and the greatest number that it has seen, as <c>torch.ao.quantization.MinMaxObserver</c>.</summary>
internal sealed class MinMaxObserver
{
    double _least = double.PositiveInfinity, _greatest = double.NegativeInfinity;

    public bool HasSeen => _least <= _greatest;

    public void Observe(Tensor x)
    {
        if (x.Numel == 0) return;
        using var _ = Autograd.NoGrad();
        _least = Math.Min(_least, x.Detach().Min().Item());
        _greatest = Math.Max(_greatest, x.Detach().Max().Item());
    }

    public InputQuantization Input(int quantMax) => InputQuantization.Of(_least, _greatest, quantMax);
}
