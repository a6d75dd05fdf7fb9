using System.Diagnostics;

namespace Candeia;

/// <summary>
/// An array of numbers with any number of dimensions, of one element type, on one device; with the history that automatic differentiation needs.
/// Views share memory. Memory comes back by itself.
/// </summary>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed partial class Tensor
{
    Storage? _storage;
    Node? _node;
    bool _requiresGrad;
    Notes? _notes;

    /// <summary>A tensor whose memory exists.</summary>
    internal Tensor(Storage storage, Layout layout, DType dtype) : this(layout, dtype) => _storage = storage;

    /// <summary>A tensor that is yet to be computed, as soon as it has memory or a node.</summary>
    internal Tensor(Layout layout, DType dtype)
    {
        Layout = layout;
        DType = dtype;
    }

    /// <summary>The sizes of the dimensions.</summary>
    public Shape Shape => Layout.Shape;

    /// <summary>The number of dimensions.</summary>
    public int Rank => Layout.Shape.Rank;

    /// <summary>The number of elements.</summary>
    public long Numel => Layout.Shape.Numel;

    /// <summary>The type of the elements.</summary>
    public DType DType { get; private set; }

    /// <summary>Where the elements are.</summary>
    public Device Device => Volatile.Read(ref _storage) is { } storage ? storage.Device : _node is { } node ? node.Lazy?.Device ?? node.Device : _storage!.Device;

    /// <summary>How indices map to memory.</summary>
    public Layout Layout { get; private set; }

    /// <summary>The memory; reading it computes a tensor that was waiting.</summary>
    internal Storage Storage
    {
        get
        {
            if (Volatile.Read(ref _storage) is null) _node?.Compute();
            return _storage!;
        }
    }

    /// <summary>Whether the values have yet to be computed.</summary>
    internal bool IsPending => Volatile.Read(ref _storage) is null;

    /// <summary>How many gradients on their way through the graph are this tensor, or lie in its memory.</summary>
    internal int Claims
    {
        get => Waits is { } lazy ? lazy.Claims : Storage.Claims;
        set
        {
            if (Waits is { } lazy) lazy.Claims = value;
            else Storage.Claims = value;
        }
    }

    /// <summary>What is known of this tensor while it waits to be computed in a chain.</summary>
    internal Lazy? Waits => IsPending ? _node?.Lazy : null;

    /// <summary>Tells of a result that waits and will read this tensor.</summary>
    internal void AddReader(Lazy lazy)
    {
        if (IsPending && _node is { Lazy: not null } node && node.TryAddReader(lazy)) return;
        Storage.AddReader(lazy);
    }

    /// <summary>Whether a shortcut has left this tensor uncomputed.</summary>
    internal bool PassedBy { get; set; }

    /// <summary>A plain number that met a tensor: it adapts its type and device to it.</summary>
    internal bool IsNumber { get; set; }

    /// <summary>How often the memory has been written since it was made.</summary>
    internal int Version => Volatile.Read(ref _storage)?.Version ?? 0;

    /// <summary>Whether a module may hold this tensor as a parameter.</summary>
    internal bool IsParameter
    {
        get => _notes is { IsParameter: true };
        init => Noted.IsParameter = value;
    }

    /// <summary>How this tensor came about, where a gradient may be asked for.</summary>
    internal Node? Node
    {
        get
        {
            Renew();
            return _requiresGrad ? _node : null;
        }
        set => _node = value;
    }

    /// <summary>What computes this tensor if it waits, also where no gradient will be asked for.</summary>
    internal Node? Source => _node;

    /// <summary>Which of its node's outputs this is.</summary>
    internal int NodeOutput { get; private set; }

    /// <summary>Makes this an output of a node.</summary>
    internal void ComesFrom(Node node, int output) => (_node, NodeOutput) = (node, output);

    /// <summary>Whether gradients with respect to this tensor are wanted. Set it on leaves; results inherit it.</summary>
    /// <exception cref="InvalidOperationException">Set on integers, or taken from a result.</exception>
    public bool RequiresGrad
    {
        get
        {
            Renew();
            return _requiresGrad;
        }
        set
        {
            if (value && !DType.HasGradients()) throw new InvalidOperationException($"Only floating-point and complex tensors have gradients, not {DType}.");
            if (!value && Node is not null) throw new InvalidOperationException("A result depends on its inputs; Detach() gives a tensor that does not.");
            if (value && !_requiresGrad && _node is not null) _ = Storage;   // what was computed without a record is a leaf
            _requiresGrad = value;
        }
    }

    /// <summary>Whether this tensor was not computed from others that require gradients.</summary>
    public bool IsLeaf => Node is null;

    /// <summary>The gradient that <see cref="Backward"/> has accumulated here. What is assigned has this tensor's shape, type and device.</summary>
    /// <exception cref="ShapeException">It has another shape.</exception>
    /// <exception cref="ArgumentException">It has another type, or is on another device.</exception>
    public Tensor? Grad
    {
        get => _notes?.Grad;
        set
        {
            if (value is not null) CheckGradient(value);
            if (value is not null || _notes is not null) Noted.Grad = value;
        }
    }

    void CheckGradient(Tensor gradient)
    {
        if (gradient.Shape != Shape) throw new ShapeException($"The gradient of a tensor {Shape} has its shape, not {gradient.Shape}.");
        if (gradient.DType != DType) throw new ArgumentException($"The gradient of a {DType} tensor is {DType}, not {gradient.DType}; convert with To(DType.{DType}).");
        if (gradient.Device != Device) throw new ArgumentException($"The gradient of a tensor on {Device} is there too, not on {gradient.Device}; move it with To(device).");
    }

    internal bool RetainsGrad => _notes is { RetainsGrad: true };

    /// <summary>Makes the backward pass keep the gradient of this result too, which it forgets otherwise.</summary>
    /// <returns>This tensor.</returns>
    /// <example><code>
    /// var x = Tensor.Ones([2]);
    /// x.RequiresGrad = true;
    /// var y = (x * 2).RetainGrad();
    /// y.Square().Sum().Backward();
    /// Console.WriteLine(string.Join(' ', y.Grad!.ToArray&lt;float>()));      // → 4 4
    /// </code></example>
    public Tensor RetainGrad()
    {
        Noted.RetainsGrad = !IsLeaf;
        return this;
    }

    /// <summary>
    /// Computes how much this number changes with every leaf that it depends on (its gradient), and adds that to their <see cref="Grad"/>.
    /// </summary>
    /// <param name="gradient">The gradient of this tensor, in its shape; needed unless it is a single number.</param>
    /// <param name="createGraph">Whether the backward pass itself is recorded, so that its results have derivatives too.</param>
    /// <param name="retainGraph">Whether the graph is kept for another pass.</param>
    /// <exception cref="InvalidOperationException">
    /// This tensor depends on none that requires a gradient, or what the pass needs has been given back or written over.
    /// </exception>
    /// <exception cref="ShapeException">There is no gradient and more than one number, or the gradient has another shape.</exception>
    /// <example><code>
    /// Tensor x = 3.0;
    /// x.RequiresGrad = true;
    /// (x * x).Backward();
    /// Console.WriteLine(x.Grad!.Item());      // → 6
    /// </code></example>
    public void Backward(Tensor? gradient = null, bool createGraph = false, bool retainGraph = false) =>
        new Sweep(createGraph, retainGraph || createGraph).Backward([this], [gradient]);

    /// <summary>The same values without history: no gradient flows through the result.</summary>
    /// <returns>A view of the same memory.</returns>
    /// <example><code>
    /// var x = Tensor.Ones([2]);
    /// x.RequiresGrad = true;
    /// Console.WriteLine((x * 2).Detach().RequiresGrad);      // → False
    /// </code></example>
    public Tensor Detach()
    {
        Tensor y = new(Storage, Layout, DType);
        if (Tracing.IsOn) Tracing.Applied(new AliasOp(), [this], [y]);      // to who watches it still comes from this one
        return y;
    }

    /// <summary>Takes this tensor out of every scope: it lives as long as somebody holds it.</summary>
    /// <returns>This tensor.</returns>
    /// <example><code>
    /// Tensor kept;
    /// using (Scope.Begin()) kept = (Tensor.Ones([2]) * 3).Keep();
    /// Console.WriteLine(kept.Sum().Item());      // → 6
    /// </code></example>
    public Tensor Keep()
    {
        Storage.MoveTo(null);
        return this;
    }

    /// <summary>
    /// Computes this tensor now, if it was waiting for the next op. Only measurements need it: whoever reads a tensor has it computed.
    /// </summary>
    /// <returns>This tensor.</returns>
    /// <example><code>
    /// Tensor x = Tensor.Randn([4, 3]), weight = Tensor.Randn([2, 3]);
    /// var y = x.Linear(weight).Settle();
    /// </code></example>
    public Tensor Settle()
    {
        _ = Storage;
        return this;
    }

    Notes Noted => _notes ??= new();

    /// <summary>What few tensors have: leaves that are trained, those that hooks look at, those that were written in place.</summary>
    sealed class Notes
    {
        public Tensor? Grad;
        public Hooks? Hooks;
        public int RecordedWrites;                                           // those of its memory that were recorded; of a view, those of its base that it knows
        public bool RetainsGrad, IsParameter;
    }

    /// <summary>Hands over the computed memory.</summary>
    internal void Settle(Storage storage) => Volatile.Write(ref _storage, storage);

    /// <summary>Takes over the memory, type and device of another tensor, so that whoever holds this one sees them: how a model moves without its optimizer losing sight of it.</summary>
    internal void Become(Tensor other)
    {
        if (!IsLeaf) throw new InvalidOperationException("Only a tensor that was not computed from others can move.");
        Waiting.Settle();
        Storage.PartFromReaders();
        Settle(other.Storage);
        (Layout, DType) = (other.Layout, other.DType);
    }

    /// <summary>Another view of the same memory.</summary>
    internal Tensor View(Layout layout) => new Tensor(Storage, layout, DType).Of(this);

    /// <summary>The values, aligned, up to thirty lines; then type and shape. Computes a tensor that was waiting.</summary>
    public override string ToString() => TensorPrinter.Print(this);

    string DebuggerText => IsPending ? $"{TensorPrinter.Name(this)}, not computed yet" : TensorPrinter.Name(this);
}
