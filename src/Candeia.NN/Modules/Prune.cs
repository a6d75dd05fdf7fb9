namespace Candeia.NN;

/// <summary>
/// Sets the least important numbers of parameters to zero, for good: as in <see href="https://pytorch.org/docs/stable/nn.html#utilities">torch.nn.utils.prune</see>. The
/// parameter becomes <c>name_orig</c>, which is trained, times <c>name_mask</c>. Pruning what is pruned already goes on with what is left.
/// </summary>
public static class Prune
{
    /// <summary>The numbers that are smallest in absolute value.</summary>
    /// <param name="module">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="amount">Which part of the numbers, in [0, 1].</param>
    /// <exception cref="ArgumentException">There is no such parameter, or no such part.</exception>
    /// <example><code>
    /// var layer = new Linear(4, 4);
    /// Prune.L1Unstructured(layer, "weight", 0.5);
    /// Console.WriteLine((long)layer.Parametrized("weight").CountNonZero());    // → 8
    /// </code></example>
    public static void L1Unstructured(Module module, string name, double amount) =>
        Some(module, name, amount, (t, count) => Least(t.Abs(), count));

    /// <summary>Numbers at random.</summary>
    /// <param name="module">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="amount">Which part of the numbers, in [0, 1].</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or no such part.</exception>
    public static void RandomUnstructured(Module module, string name, double amount, Generator? generator = null) =>
        Some(module, name, amount, (t, count) => Least(Tensor.Uniform(t.Shape, 0, 1, DType.Float32, generator), count));

    /// <summary>The parts along a dimension, such as channels, whose norm is smallest.</summary>
    /// <param name="module">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="amount">Which part of them, in [0, 1].</param>
    /// <param name="n">Which norm.</param>
    /// <param name="dim">The dimension.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or no such part.</exception>
    public static void LnStructured(Module module, string name, double amount, double n, int dim) =>
        Parts(module, name, amount, dim, t => t.Movedim(dim, 0).Flatten(1).Norm(n, [1]));

    /// <summary>Parts along a dimension, at random.</summary>
    /// <param name="module">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="amount">Which part of them, in [0, 1].</param>
    /// <param name="dim">The dimension.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or no such part.</exception>
    public static void RandomStructured(Module module, string name, double amount, int dim, Generator? generator = null) =>
        Parts(module, name, amount, dim, t => Tensor.Uniform([t.Movedim(dim, 0).Shape[0]], 0, 1, DType.Float32, generator));

    /// <summary>The numbers that are smallest in absolute value among several parameters together.</summary>
    /// <param name="parameters">Modules and names.</param>
    /// <param name="amount">Which part of all numbers, in [0, 1].</param>
    /// <exception cref="ArgumentException">There is no such parameter, or no such part.</exception>
    public static void GlobalUnstructured(IEnumerable<(Module Module, string Name)> parameters, double amount)
    {
        var all = parameters.Select(p => Pruned.Of(p.Module, p.Name)).ToArray();
        double[] sizes = [.. all.SelectMany(p => p.Left((p.Value * p.Mask).Detach().Abs()))];
        int count = Count(amount, sizes.Length);
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderBy(i => sizes[i])];
        bool[] gone = new bool[sizes.Length];
        foreach (int i in order.Take(count)) gone[i] = true;
        int from = 0;
        foreach (var p in all)
        {
            int left = p.Remaining;
            p.Drop(gone.AsSpan(from, left));
            from += left;
        }
    }

    /// <summary>A mask of one's own: zeros stand where numbers are to be zero.</summary>
    /// <param name="module">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="mask">Zeros and ones in the shape of the parameter.</param>
    /// <exception cref="ShapeException">The mask has another shape.</exception>
    public static void CustomFromMask(Module module, string name, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var pruned = Pruned.Of(module, name);
        if (mask.Shape != pruned.Value.Shape) throw new ShapeException($"The mask of a parameter {pruned.Value.Shape} has its shape, not {mask.Shape}.");
        pruned.Restrict(mask);
    }

    /// <summary>Makes a pruned parameter an ordinary one, with its zeros.</summary>
    /// <param name="module">Whose parameter.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The parameter is not pruned.</exception>
    public static void Remove(Module module, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        var pruned = module.Derived?.Find(d => d.Name == name) as Pruned ?? throw new ArgumentException($"{module.GetType().Name}.{name} is not pruned.", nameof(name));
        pruned.End(keepValue: true, pruned.Value);
    }

    /// <summary>Whether a parameter of the module, or of one in it, is pruned.</summary>
    /// <param name="module">Where to look.</param>
    public static bool IsPruned(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.NamedModules().Any(m => m.Module.Derived?.Exists(d => d is Pruned) == true);
    }

    static void Some(Module module, string name, double amount, Func<Tensor, int, bool[]> choose)
    {
        var pruned = Pruned.Of(module, name);
        var left = Tensor.From(pruned.Left(pruned.Value.Detach()));
        bool[] gone = choose(left, Count(amount, pruned.Remaining));
        pruned.Drop(gone);
    }

    static void Parts(Module module, string name, double amount, int dim, Func<Tensor, Tensor> importance)
    {
        var pruned = Pruned.Of(module, name);
        var mask = pruned.Mask.Movedim(dim, 0);
        bool[] left = mask.Flatten(1).Ne(0).Any(1).ToArray<bool>();
        int[] order = [.. Enumerable.Range(0, left.Length).Where(i => left[i])];
        double[] sizes = importance((pruned.Value * pruned.Mask).Detach()).ToArray<double>();
        float[] keeps = new float[left.Length];
        Array.Fill(keeps, 1);
        foreach (int i in order.OrderBy(i => sizes[i]).Take(Count(amount, order.Length))) keeps[i] = 0;
        Shape along = [.. pruned.Mask.Shape.Select((size, d) => d == (dim < 0 ? dim + pruned.Mask.Rank : dim) ? size : 1)];
        pruned.Restrict(Tensor.From(keeps, along).Expand(pruned.Mask.Shape));
    }

    static int Count(double amount, int all) =>
        amount is >= 0 and <= 1 ? (int)Math.Round(amount * all, MidpointRounding.ToEven) : throw new ArgumentOutOfRangeException(nameof(amount), $"A part of all numbers lies between 0 and 1, not {amount}.");

    static bool[] Least(Tensor importance, int count)
    {
        double[] sizes = importance.ToArray<double>();
        bool[] gone = new bool[sizes.Length];
        foreach (int i in Enumerable.Range(0, sizes.Length).OrderBy(i => sizes[i]).Take(count)) gone[i] = true;
        return gone;
    }

    /// <summary>A parameter times a mask.</summary>
    sealed class Pruned(Module module, string name, Tensor value, Tensor mask) : DerivedTensor(module, name)
    {
        public Tensor Value { get; } = value;

        public Tensor Mask { get; } = mask;

        public override IEnumerable<StateEntry> Entries => [new($"{Name}_orig", Value, null), new($"{Name}_mask", Mask, new BufferAttribute())];

        public override Tensor Compute() => Value * Mask;

        public override DerivedTensor Copy(ModuleCopy copies) => new Pruned(copies.Of(Module), Name, copies.Of(Value), copies.Of(Mask));

        public int Remaining => (int)(long)Mask.CountNonZero();

        /// <summary>The pruned parameter of a module; one that is not pruned yet is from now on, with a mask of ones.</summary>
        public static Pruned Of(Module module, string name)
        {
            ArgumentNullException.ThrowIfNull(module);
            if (module.Derived?.Find(d => d.Name == name) is Pruned known) return known;
            var value = Begin(module, name);
            var pruned = new Pruned(module, name, value, Tensor.OnesLike(value.Detach()).Keep());
            pruned.Add();
            return pruned;
        }

        /// <summary>The numbers that are not pruned, in row-major order.</summary>
        public double[] Left(Tensor numbers)
        {
            double[] mask = Mask.ToArray<double>();
            return [.. numbers.ToArray<double>().Where((_, i) => mask[i] != 0)];
        }

        /// <summary>Prunes some of those that are left.</summary>
        public void Drop(ReadOnlySpan<bool> gone)
        {
            double[] mask = Mask.ToArray<double>();
            int at = 0;
            for (int i = 0; i < mask.Length; i++) if (mask[i] != 0 && gone[at++]) mask[i] = 0;
            Restrict(Tensor.From(mask, Mask.Shape));
        }

        public void Restrict(Tensor mask)
        {
            using (Autograd.NoGrad()) Mask.CopyFrom(Mask * mask.To(Mask.DType).To(Mask.Device));
            Refresh();
        }
    }
}
