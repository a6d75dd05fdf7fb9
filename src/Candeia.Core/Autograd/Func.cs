namespace Candeia;

/// <summary>
/// Derivatives of functions as functions: what torch.func has. Functions may be nested, <c>Func.Grad(Func.Grad(f))</c>; results keep their history, so that
/// they can be differentiated again, unless nothing is recorded (<see cref="Autograd.NoGrad"/>).
/// </summary>
public static class Func
{
    /// <summary>The gradient of a function that gives a number, as a function.</summary>
    /// <param name="function">Any shape to a number.</param>
    /// <example><code>
    /// var slope = Func.Grad(x => x.Sin().Sum());
    /// Console.WriteLine(slope([0f]).Item());
    /// // → 1
    /// </code></example>
    public static Func<Tensor, Tensor> Grad(Func<Tensor, Tensor> function)
    {
        var both = ValueAndGrad(function);
        return x => both(x).Grad;
    }

    /// <summary>The gradients of a function that gives a number by each of its arguments, as a function.</summary>
    /// <param name="function">Any tensors to a number.</param>
    public static Func<Tensor[], Tensor[]> Grad(Func<Tensor[], Tensor> function)
    {
        var both = ValueAndGrad(function);
        return x => both(x).Grads;
    }

    /// <summary>The value and the gradient of a function that gives a number, as a function.</summary>
    /// <param name="function">Any shape to a number.</param>
    /// <example><code>
    /// var (value, slope) = Func.ValueAndGrad(x => (x * x).Sum())([3f]);          // 9, 6
    /// </code></example>
    public static Func<Tensor, (Tensor Value, Tensor Grad)> ValueAndGrad(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var several = ValueAndGrad((Tensor[] x) => function(x[0]));
        return x => several([x]) is var (value, grads) ? (value, grads[0]) : default;
    }

    /// <summary>The value and the gradients of a function that gives a number by each of its arguments, as a function.</summary>
    /// <param name="function">Any tensors to a number.</param>
    public static Func<Tensor[], (Tensor Value, Tensor[] Grads)> ValueAndGrad(Func<Tensor[], Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x =>
        {
            bool records = Autograd.Enabled;
            using var grad = Autograd.EnableGrad();
            var inputs = Array.ConvertAll(x, Tracked);
            var value = function(inputs);
            if (value.Numel != 1) throw new ShapeException($"A gradient is one of a number, not of {value.Shape}; take JacRev, or reduce it with Sum().");
            var grads = value.RequiresGrad ? Autograd.Gradients(value, inputs, Tensor.OnesLike(value), createGraph: true, retainGraph: true) : Array.ConvertAll(inputs, Tensor.ZerosLike);
            return records ? (value, grads) : (value.Detach(), Array.ConvertAll(grads, g => g.Detach()));
        };
    }

    /// <summary>The value of a function, and what makes of a gradient of the value that of the argument: the product of a row with the Jacobian matrix.</summary>
    /// <param name="function">Any shape to any shape.</param>
    /// <param name="x">Where.</param>
    /// <example><code>
    /// var (y, pull) = Func.Vjp(x => x * x, [1f, 2f]);
    /// var rows = pull([1f, 10f]);                                              // 2, 40
    /// </code></example>
    public static (Tensor Output, Func<Tensor, Tensor> Pull) Vjp(Func<Tensor, Tensor> function, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(function);
        using var grad = Autograd.EnableGrad();
        var input = Tracked(x);
        var y = function(input);
        return (y, cotangent => y.RequiresGrad ? Autograd.Gradients(y, [input], cotangent, createGraph: true, retainGraph: true)[0] : Tensor.ZerosLike(input));
    }

    /// <summary>The value of a function, and how it moves if the argument moves along a direction: the product of the Jacobian matrix with a column. It costs two backward passes.</summary>
    /// <param name="function">Any shape to any shape.</param>
    /// <param name="x">Where.</param>
    /// <param name="tangent">The direction, in the shape of x.</param>
    /// <exception cref="ShapeException">The direction has another shape than x.</exception>
    /// <example><code>
    /// var (y, moved) = Func.Jvp(x => x * x, [1f, 2f], [1f, 10f]);                // 2, 40
    /// </code></example>
    public static (Tensor Output, Tensor Tangent) Jvp(Func<Tensor, Tensor> function, Tensor x, Tensor tangent)
    {
        ArgumentNullException.ThrowIfNull(tangent);
        var (y, pull) = Vjp(function, x);
        if (tangent.Shape != x.Shape) throw new ShapeException($"A direction has the shape of what moves along it, {x.Shape}, not {tangent.Shape}.");
        return (y, Push(y, pull, tangent));
    }

    /// <summary>Pulling is linear in what is pulled: its derivative, applied to a direction, pushes that.</summary>
    static Tensor Push(Tensor y, Func<Tensor, Tensor> pull, Tensor tangent)
    {
        using var grad = Autograd.EnableGrad();
        var cotangent = Tensor.ZerosLike(y);
        cotangent.RequiresGrad = true;
        var pulled = pull(cotangent);
        return pulled.RequiresGrad ? Autograd.Gradients(pulled, [cotangent], tangent, createGraph: true, retainGraph: true)[0] : Tensor.ZerosLike(y);
    }

    /// <summary>The Jacobian matrix of a function, as a function: all derivatives of all outputs, row by row, each by a backward pass. For more inputs than outputs.</summary>
    /// <param name="function">Any shape to any shape.</param>
    /// <returns>A function that gives [output shape, input shape].</returns>
    /// <example><code>
    /// var jacobian = Func.JacRev(x => x * x)([1f, 2f]);                          // [[2, 0], [0, 4]]
    /// </code></example>
    public static Func<Tensor, Tensor> JacRev(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x =>
        {
            var (y, pull) = Vjp(function, x);
            return Stacked(y, i => pull(i), [.. y.Shape.Sizes, .. x.Shape.Sizes], 0);
        };
    }

    /// <summary>The Jacobian matrix of a function, as a function: all derivatives by all inputs, column by column. For fewer inputs than outputs.</summary>
    /// <param name="function">Any shape to any shape.</param>
    /// <returns>A function that gives [output shape, input shape].</returns>
    /// <example><code>
    /// var jacobian = Func.JacFwd(x => x * x)([1f, 2f]);                          // [[2, 0], [0, 4]]
    /// </code></example>
    public static Func<Tensor, Tensor> JacFwd(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x =>
        {
            var (y, pull) = Vjp(function, x);
            return Stacked(x, i => Push(y, pull, i), [.. y.Shape.Sizes, .. x.Shape.Sizes], -1);
        };
    }

    /// <summary>What a function gives for each direction of a tensor, flat, beside each other.</summary>
    static Tensor Stacked(Tensor like, Func<Tensor, Tensor> function, Shape shape, int dim)
    {
        int n = checked((int)like.Numel);
        if (n == 0) return Tensor.Zeros(shape, like.DType, like.Device);
        var parts = new Tensor[n];
        for (int i = 0; i < n; i++) parts[i] = function(Tensor.Arange(n, like.Device).Eq(i).To(like.DType).Reshape(like.Shape)).Flatten();
        return Tensor.Stack(parts, dim).Reshape(shape);
    }

    /// <summary>The second derivatives of a function that gives a number, as a function.</summary>
    /// <param name="function">Any shape to a number.</param>
    /// <returns>A function that gives [input shape, input shape].</returns>
    /// <example><code>
    /// var hessian = Func.Hessian(x => (x * x * x).Sum())([1f, 2f]);              // [[6, 0], [0, 12]]
    /// </code></example>
    public static Func<Tensor, Tensor> Hessian(Func<Tensor, Tensor> function) => JacRev(Grad(function));

    /// <summary>The product of the matrix of second derivatives with a vector, without the matrix.</summary>
    /// <param name="function">Any shape to a number.</param>
    /// <param name="x">Where.</param>
    /// <param name="v">The vector, in the shape of x.</param>
    /// <returns>The value of the function, and the product.</returns>
    /// <example><code>
    /// var (value, product) = Func.Hvp(x => (x * x * x).Sum(), [1f, 2f], [1f, 1f]);   // 6, 12
    /// </code></example>
    public static (Tensor Output, Tensor Product) Hvp(Func<Tensor, Tensor> function, Tensor x, Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        Tensor? value = null;
        var both = ValueAndGrad(function);
        var (_, pull) = Vjp(t =>
        {
            (value, var slope) = both(t);
            return slope;
        }, x);
        return (value!, pull(v));
    }

    /// <summary>A function of one item as one of many: it is applied to each slice, and the results are stacked. Write functions for whole batches where speed matters.</summary>
    /// <param name="function">What is done with one item.</param>
    /// <param name="inDim">The dimension that counts items.</param>
    /// <param name="outDim">The dimension that counts results.</param>
    /// <example><code>
    /// var lengths = Func.VMap(x => x.Norm())(Tensor.Ones([5, 4]));               // [5]
    /// </code></example>
    public static Func<Tensor, Tensor> VMap(Func<Tensor, Tensor> function, int inDim = 0, int outDim = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        var several = VMap((Tensor[] x) => function(x[0]), [inDim], outDim);
        return x => several([x]);
    }

    /// <summary>The same as <see cref="VMap(Func{Tensor, Tensor}, int, int)"/> for functions of several tensors.</summary>
    /// <param name="function">What is done with one item of each.</param>
    /// <param name="inDims">For each argument, the dimension that counts items; null for one that is the same for all. By default the first.</param>
    /// <param name="outDim">The dimension that counts results.</param>
    /// <exception cref="ShapeException">The arguments have different numbers of items, or none is counted.</exception>
    public static Func<Tensor[], Tensor> VMap(Func<Tensor[], Tensor> function, int?[]? inDims = null, int outDim = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x =>
        {
            var dims = inDims ?? Array.ConvertAll(x, _ => (int?)0);
            if (dims.Length != x.Length) throw new ArgumentException($"VMap was told of {dims.Length} arguments and got {x.Length}.");
            int? count = null;
            for (int i = 0; i < x.Length; i++)
            {
                if (dims[i] is not { } dim) continue;
                int size = x[i].Shape[x[i].Shape.Dim(dim)];
                if (count is { } known && known != size) throw new ShapeException($"VMap takes as many items of each argument, not {known} and {size}.");
                count = size;
            }
            if (count is not > 0) throw new ShapeException("VMap needs an argument that counts at least one item.");
            var results = new Tensor[count.Value];
            for (int k = 0; k < results.Length; k++) results[k] = function([.. x.Select((t, i) => dims[i] is { } dim ? t.Select(dim, k) : t)]);
            return Tensor.Stack(results, outDim);
        };
    }

    /// <summary>An argument whose gradient can be asked for: an alias where it has a history, so that functions may be nested.</summary>
    static Tensor Tracked(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.RequiresGrad) return new AliasOp().Apply(x);
        var input = (x.DType.HasGradients() ? x : x.To(Tensor.DefaultDType)).Detach();
        input.RequiresGrad = true;
        return input;
    }
}
