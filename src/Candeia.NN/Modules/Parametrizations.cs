namespace Candeia.NN;

/// <summary>How a parameter is computed from others that are trained in its place. The result has the parameter's shape.</summary>
public abstract class Parametrization : Module
{
    /// <summary>The parameter, from what is trained.</summary>
    /// <param name="originals">One tensor, or those that <see cref="Originals"/> made.</param>
    protected internal abstract Tensor Forward(IReadOnlyList<Tensor> originals);

    /// <summary>What is to be trained so that the parameter begins with a value, or near it.</summary>
    /// <param name="value">The value of the parameter before.</param>
    protected internal virtual IReadOnlyList<Tensor> Originals(Tensor value) => [value];
}

/// <summary>A parameter that is computed by a parametrization. Names are those of PyTorch: <c>parametrizations.weight.original</c>.</summary>
internal sealed class Parametrized : DerivedTensor
{
    readonly Holder _holder;

    Parametrized(Module module, string name, Holder holder) : base(module, name) => _holder = holder;

    public Parametrized(Module module, string name, Parametrization parametrization) : base(module, name)
    {
        var value = Begin(module, name);
        using var _ = Autograd.NoGrad();
        Tensor[] originals = [.. parametrization.Originals(value.Detach()).Select(t => Parameter.Of(t.Detach().Clone()))];
        foreach (var original in originals) original.RequiresGrad = value.RequiresGrad;
        if (originals.Length is not (1 or 2)) throw new InvalidOperationException($"A parametrization has one original or two, not {originals.Length}.");
        _holder = originals.Length == 1 ? new(parametrization, originals[0], null, null) : new(parametrization, null, originals[0], originals[1]);
        var computed = parametrization.Forward(_holder.All);
        if (computed.Shape != value.Shape) throw new ShapeException($"The parametrization of {module.GetType().Name}.{name} makes {computed.Shape}, but the parameter is {value.Shape}.");
    }

    public Parametrization Parametrization => _holder.Parametrization;

    public Tensor Original => _holder.All[0];

    public override IEnumerable<StateEntry> Entries => [new($"parametrizations.{Name}", _holder, null)];

    public override Tensor Compute() => _holder.Parametrization.Forward(_holder.All);

    public override DerivedTensor Copy(ModuleCopy copies) => new Parametrized(copies.Of(Module), Name, (Holder)copies.Of(_holder));

    sealed class Holder(Parametrization parametrization, Tensor? original, Tensor? original0, Tensor? original1) : Module
    {
        [StateName("original")] readonly Tensor? _original = original;
        [StateName("original0")] readonly Tensor? _original0 = original0;
        [StateName("original1")] readonly Tensor? _original1 = original1;
        [StateName("0")] readonly Parametrization _parametrization = parametrization;

        public Parametrization Parametrization => _parametrization;

        public IReadOnlyList<Tensor> All => _original is not null ? [_original] : [_original0!, _original1!];
    }
}

/// <summary>Parameters that are computed from others which are trained in their place.</summary>
public static class Parametrizations
{
    /// <summary>
    /// Has a parameter computed by a parametrization each time that the layer is applied with <c>x.Apply(layer)</c>. In state dicts, and for optimizers made from now
    /// on, what it is computed from stands in its place.
    /// </summary>
    /// <param name="layer">Whose parameter.</param>
    /// <param name="name">Its name in state dicts: <c>weight</c>.</param>
    /// <param name="parametrization">How it is computed.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or it is computed from others already.</exception>
    /// <exception cref="ShapeException">What is computed has another shape.</exception>
    /// <example><code>
    /// var layer = new Linear(4, 4).Parametrize("weight", new Orthogonal());
    /// var w = layer.Parametrized("weight");
    /// Console.WriteLine((double)(w.MatMul(w.Transpose(0, 1)) - Tensor.Eye(4)).Abs().Amax() &lt; 1e-5);    // → True
    /// </code></example>
    public static TLayer Parametrize<TLayer>(this TLayer layer, string name, Parametrization parametrization) where TLayer : Layer
    {
        ArgumentNullException.ThrowIfNull(parametrization);
        new Parametrized(layer, name, parametrization).Add();
        return layer;
    }

    /// <summary>The weight divided into length and direction.</summary>
    /// <param name="layer">Whose weight.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="dim">The dimension whose parts have each a length of their own; null: one length for all.</param>
    public static TLayer WeightNorm<TLayer>(this TLayer layer, string name = "weight", int? dim = 0) where TLayer : Layer => layer.Parametrize(name, new WeightNorm(dim));

    /// <summary>The weight divided by its largest singular value.</summary>
    /// <param name="layer">Whose weight.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="powerIterations">How often the estimate is improved each time that the layer is applied in training.</param>
    /// <param name="epsilon">What is divided by where a vector is shorter.</param>
    /// <param name="dim">The dimension of the outputs.</param>
    /// <param name="generator">Where the first estimate comes from.</param>
    public static TLayer SpectralNorm<TLayer>(this TLayer layer, string name = "weight", int powerIterations = 1, double epsilon = 1e-12, int dim = 0, Generator? generator = null)
        where TLayer : Layer => layer.Parametrize(name, new SpectralNorm(DerivedTensor.Begin(layer, name), powerIterations, epsilon, dim, generator));

    /// <summary>A parametrized or pruned parameter as it is computed now, with a graph that leads to what is trained.</summary>
    /// <param name="module">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The parameter is not computed from others.</exception>
    public static Tensor Parametrized(this Module module, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.Derived?.Find(d => d.Name == name)?.Compute() ?? throw new ArgumentException($"{module.GetType().Name}.{name} is not computed from other parameters.", nameof(name));
    }

    /// <summary>Whether a parameter is computed by a parametrization; without a name, whether any is.</summary>
    /// <param name="module">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    public static bool IsParametrized(this Module module, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.Derived?.Exists(d => d is Parametrized && (name is null || d.Name == name)) == true;
    }

    /// <summary>Makes a parametrized parameter an ordinary one again.</summary>
    /// <param name="layer">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="leaveParametrized">Whether it keeps the value that is computed now, instead of what it was computed from.</param>
    /// <exception cref="ArgumentException">The parameter is not parametrized.</exception>
    public static TLayer RemoveParametrization<TLayer>(this TLayer layer, string name, bool leaveParametrized = true) where TLayer : Layer
    {
        ArgumentNullException.ThrowIfNull(layer);
        var derived = layer.Derived?.Find(d => d.Name == name) as Parametrized ?? throw new ArgumentException($"{layer.GetType().Name}.{name} is not parametrized.", nameof(name));
        derived.End(leaveParametrized, derived.Original);
        return layer;
    }
}
