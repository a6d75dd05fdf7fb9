namespace Candeia;

/// <summary>
/// An operation as a value: its parameters, its CPU code and its derivative. Applying it gives a tensor; where a gradient will be asked for,
/// a <see cref="Node"/> hangs from that tensor. Shapes and types are checked when it is applied.
/// </summary>
public abstract record Op
{
    /// <summary>Fills the outputs from the inputs. All are on the CPU; the outputs have memory of their own.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="outputs">The results, and then what <see cref="Saves"/> asked for, where a gradient will be needed. Their contents are arbitrary before.</param>
    protected internal abstract void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs);

    /// <summary>
    /// The gradient of each input, or null where there is none, from the gradient of the output. Written with tensors, so that it has a derivative
    /// itself; where a kernel of its own pays, the gradient is an op too, a <see cref="GradientOp"/>.
    /// </summary>
    protected internal virtual Tensor?[] Backward(Node node, Tensor grad) =>
        throw new NotSupportedException($"{Name} has no derivative. Detach() its input, or call it under Autograd.NoGrad().");

    /// <summary>The gradient of each input of an op with several results, from those gradients of the results that there are: at least one.</summary>
    protected internal virtual Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads) => Backward(node, grads[0]!);

    /// <summary>Whether a gradient can flow through; comparisons and integer results let none through.</summary>
    protected internal virtual bool IsDifferentiable => true;

    /// <summary>
    /// Whether <see cref="Compute"/> takes float16, bfloat16 and complex64 as they are stored. Where it does not, it is given float32 and complex128 in their
    /// place, and its results are rounded.
    /// </summary>
    protected internal virtual bool TakesNarrow => false;

    /// <summary>
    /// How <see cref="Compute"/> can be done in parts, if it can: what is only stored is then widened some parts at a time, and not as a whole.
    /// </summary>
    internal virtual Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => null;

    /// <summary>
    /// Whether the ops that this one does in one pass would round in between what is only stored, and not at the end alone. Such tensors get
    /// <see cref="OneByOne"/>, some parts at a time, so that nothing but the result is ever stored whole.
    /// </summary>
    internal virtual bool RoundsBetween => false;

    /// <summary>The result by the ops that this one does in one pass.</summary>
    internal virtual Tensor OneByOne(ReadOnlySpan<Tensor> x) => throw new InvalidOperationException($"{Name} is one op.");

    /// <summary>Whether the derivative holds for complex numbers too: that with respect to the conjugate, as in PyTorch. Others refuse complex inputs that require gradients.</summary>
    protected internal virtual bool DifferentiatesComplex => false;

    /// <summary>What the backward pass reads besides the gradient.</summary>
    protected internal virtual Keeps Keeps => Keeps.Nothing;

    /// <summary>Whether the backward pass reads this input, given what <see cref="Keeps"/> says: a product reads a factor only for the other's gradient.</summary>
    protected internal virtual bool KeepsInput(Node node, int input) => Keeps.HasFlag(Keeps.Inputs);

    /// <summary>Further outputs that nobody sees, which <see cref="Compute"/> fills for the backward pass: <see cref="Node.Saved"/>.</summary>
    protected internal virtual TensorSpec[] Saves(ReadOnlySpan<Tensor> x) => [];

    /// <summary>Whether the result may wait for the thread's next op, which this one could absorb.</summary>
    protected internal virtual bool Defers => false;

    /// <summary>Whether <see cref="Compute"/> may be given an input that waits to be part of a chain, and knows how to read it without storing it.</summary>
    internal virtual bool TakesWaiting => false;

    /// <summary>
    /// The op that does this one and then <paramref name="next"/>, whose first input is this one's result, in a single pass over this one's inputs
    /// and then the others of <paramref name="next"/>, if there is one.
    /// </summary>
    /// <param name="next">The op that follows.</param>
    /// <param name="inputs">Its inputs.</param>
    protected internal virtual Op? Absorb(Op next, ReadOnlySpan<Tensor> inputs) => null;

    /// <summary>Whether the backward pass applies the op again, with a graph, and goes through that, instead of asking for gradients.</summary>
    internal virtual bool IsReplayed => false;

    /// <summary>The results once more, with a graph that leads to the node's inputs.</summary>
    internal virtual Tensor[] Replay(Node node) => throw new InvalidOperationException($"{Name} is not replayed.");

    /// <summary>
    /// What the op computes of one element of each input, if that is all: then it also runs on devices that compile kernels from text. The inputs broadcast
    /// to the shape of the output.
    /// </summary>
    public virtual Formula? Formula => null;

    /// <summary>How many products are summed for an output of this shape: what matrix products and convolutions cost. Others count as nothing.</summary>
    protected internal virtual long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => 0;

    /// <summary>The name that errors and traces show.</summary>
    protected internal virtual string Name => GetType().Name is var name && name.EndsWith("Op", StringComparison.Ordinal) ? name[..^2] : GetType().Name;

    /// <summary>Applies the op: a tensor of this layout, computed now unless it may wait. What comes of plain numbers alone is a plain number.</summary>
    protected Tensor Run(Layout layout, DType dtype, params ReadOnlySpan<Tensor> x)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Tensor y = new(layout, dtype);
        Run(Meet(x), x, [y]);
        if (layout.Shape.Rank == 0 && !y.RequiresGrad && AreNumbers(x)) y.IsNumber = true;
        return y;
    }

    /// <summary>Applies the op with a row-major result of this shape.</summary>
    protected Tensor Run(Shape shape, DType dtype, params ReadOnlySpan<Tensor> x) => Run(Layout.Of(shape), dtype, x);

    /// <summary>Applies the op with several results.</summary>
    protected Tensor[] Run(ReadOnlySpan<TensorSpec> results, params ReadOnlySpan<Tensor> x)
    {
        var device = Meet(x);
        var y = new Tensor[results.Length];
        for (int i = 0; i < y.Length; i++) y[i] = new(results[i].Layout, results[i].DType);
        Run(device, x, y);
        return y;
    }

    /// <summary>Records the op where a gradient may be asked for, and computes the results unless they may wait.</summary>
    void Run(Device device, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        Work.Add(this, x, y[0].Shape);
        Tracing.Applied(this, x, y);
        bool wanted = false, requiresGrad = false;
        foreach (var input in x) wanted |= input.RequiresGrad;
        wanted &= IsDifferentiable && Autograd.Enabled;
        if (wanted) foreach (var output in y) requiresGrad |= output.RequiresGrad = output.DType.HasGradients();
        if (requiresGrad && !DifferentiatesComplex) RefuseComplex(x, y);
        bool chains = y.Length == 1 && Chain.Pays(x, y[0]) && Chain.Takes(this, device, x, y[0]);
        if (requiresGrad || chains || y.Length == 1 && Waiting.Concerns(this, x))
        {
            Waiting.Admit(new Node(this, x.ToArray(), y), chains);
            return;
        }
        foreach (var input in x) if (!(TakesWaiting && input.Waits is not null)) _ = input.Storage;
        Waiting.Settle();
        foreach (var output in y) output.Settle(device.Reserve(output.Layout, output.DType));
        device.Run(new(this, x, y));
        if (Anomaly.IsOn) Anomaly.CheckForward(this, x, y);
    }

    /// <summary>Applies an op that reads no tensors, but perhaps plain numbers, and so has no device of its own: what fills, counts or draws.</summary>
    protected Tensor RunOn(Device device, Layout layout, DType dtype, params ReadOnlySpan<Tensor> numbers)
    {
        ArgumentNullException.ThrowIfNull(device);
        var y = device.Empty(layout, dtype);
        device.Run(new(this, numbers, [y]));
        Tracing.Applied(this, numbers, [y]);
        return y;
    }

    /// <summary>
    /// Applies the op to memory that exists: the outputs are these tensors, whose values <see cref="Compute"/> may read and overwrites in place. Counted as
    /// a write, and recorded nowhere: for updates and for what fills.
    /// </summary>
    protected void RunInto(ReadOnlySpan<Tensor> targets, params ReadOnlySpan<Tensor> x)
    {
        var device = Meet(targets);
        if (Meet(x) is var other && other != device && !AreNumbers(x)) throw Apart(device, other);
        Tracing.Written(this, x, targets);
        foreach (var input in x) _ = input.Storage;
        foreach (var target in targets) target.Storage.Write();
        device.Run(new(this, x, targets, isInPlace: true));
    }

    void RefuseComplex(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        bool complex = false;
        foreach (var input in x) complex |= input.DType.IsComplex();
        foreach (var output in y) complex |= output.DType.IsComplex();
        if (complex) throw new NotSupportedException($"{Name} has no derivative for complex numbers. Detach() its input, or call it under Autograd.NoGrad().");
    }

    /// <summary>A type, unless it is complex.</summary>
    private protected DType Real(DType dtype) => !dtype.IsComplex() ? dtype : throw new ArgumentException($"{Name} takes real numbers, not {dtype}; take Real(), Imag() or Abs() first.");

    /// <summary>The device of the inputs. Plain numbers are of none: they travel by value.</summary>
    internal Device Meet(ReadOnlySpan<Tensor> x)
    {
        Device? device = null;
        foreach (var input in x)
        {
            if (IsPlain(input) || input.Device == device) continue;
            if (device is not null) throw Apart(device, input.Device);
            device = input.Device;
        }
        return device ?? Device.Cpu;
    }

    InvalidOperationException Apart(Device one, Device other) =>
        new($"{Name} needs its tensors on one device, but they are on {one} and {other}. Move them with To(device).");

    static bool AreNumbers(ReadOnlySpan<Tensor> x)
    {
        foreach (var input in x) if (!IsPlain(input)) return false;
        return true;
    }

    /// <summary>Whether a number is its value and nothing else; one that wants a gradient is a tensor.</summary>
    static bool IsPlain(Tensor x) => x.IsNumber && !x.RequiresGrad;
}
