namespace Candeia.NN;

/// <summary>What is done to a module and all modules in it. Each method returns the module, so that calls can follow.</summary>
public static class ModuleState
{
    /// <summary>Switches to training: dropout drops, batch normalization uses and tracks the statistics of the batch.</summary>
    /// <exception cref="InvalidOperationException">A prediction or a measurement is under way, which does not go by the modules' own modes.</exception>
    public static TModule Train<TModule>(this TModule module) where TModule : Module => Mode.IsTraining == false
        ? throw new InvalidOperationException(
            "Train() has no effect within a prediction or a measurement, whose mode is evaluation. For dropout in predictions: using var _ = Mode.Training();")
        : module.ForEach(m => m.IsTraining = true);

    /// <summary>Switches to evaluation: dropout does nothing, batch normalization uses what it has tracked.</summary>
    public static TModule Eval<TModule>(this TModule module) where TModule : Module => module.ForEach(m => m.IsTraining = false);

    /// <summary><see cref="Train{TModule}(TModule)"/> or <see cref="Eval"/>, as a truth value says.</summary>
    /// <param name="module">The module.</param>
    /// <param name="training">Whether to switch to training.</param>
    public static TModule Train<TModule>(this TModule module, bool training) where TModule : Module => training ? module.Train() : module.Eval();

    /// <summary>Forgets the gradients of all parameters, as an optimizer's ZeroGrad() does for those that it knows.</summary>
    public static TModule ZeroGrad<TModule>(this TModule module) where TModule : Module => module.ForEachParameter(p => p.Grad = null);

    /// <summary>Stops the training of all parameters: no gradients are computed for them.</summary>
    public static TModule Freeze<TModule>(this TModule module) where TModule : Module => module.ForEachParameter(p => p.RequiresGrad = false);

    /// <summary>Trains all parameters again.</summary>
    public static TModule Unfreeze<TModule>(this TModule module) where TModule : Module => module.ForEachParameter(p => p.RequiresGrad = true);

    /// <summary>
    /// Moves parameters, their gradients and buffers to a device; counters stay on the CPU. The tensors stay the same objects, so an optimizer that knows
    /// them keeps them.
    /// </summary>
    public static TModule To<TModule>(this TModule module, Device device) where TModule : Module => module.Convert(t => t.To(device), e => e.Buffer is not { OnHost: true });

    /// <summary>Converts parameters, their gradients and floating-point buffers to another floating-point type.</summary>
    /// <exception cref="ArgumentException">The type is not a floating-point one.</exception>
    public static TModule To<TModule>(this TModule module, DType dtype) where TModule : Module =>
        dtype.IsFloatingPoint() ? module.Convert(t => t.DType.IsFloatingPoint() ? t.To(dtype) : t, _ => true) : throw new ArgumentException($"A module computes with floating-point numbers, not {dtype}.");

    /// <summary>Calls an action on the module and on every module in it, each after the one that holds it.</summary>
    public static TModule ForEach<TModule>(this TModule module, Action<Module> action) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(action);
        foreach (var (_, m) in module.NamedModules()) action(m);
        return module;
    }

    static TModule ForEachParameter<TModule>(this TModule module, Action<Tensor> action) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var parameter in module.Parameters()) action(parameter);
        return module;
    }

    static TModule Convert<TModule>(this TModule module, Func<Tensor, Tensor> convert, Func<StateEntry, bool> which) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        using var _ = Autograd.NoGrad();
        foreach (var (_, tensor) in module.Tensors(which))
        {
            var moved = convert(tensor);
            if (moved == tensor) continue;
            tensor.Become(moved.Keep());
            tensor.Grad = tensor.Grad is { } grad ? convert(grad).Keep() : null;
        }
        return module;
    }
}
