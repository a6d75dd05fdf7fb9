"""Twenty steps of every optimizer, and the learning rates of every schedule.

The gradients are recorded beside the parameters, so that an optimizer can be tested without autograd:
grads [20, n] are what it was given before step i, params [21, n] what it made of them; the first 3 numbers are `a`, the rest `b` [2, 3].
"""
import torch
from torch import optim
from torch.optim import lr_scheduler as schedules

from record import Family, plain, values, words

SETTINGS = dict(
    SGD=[dict(lr=0.05), dict(lr=0.02, momentum=0.9), dict(lr=0.02, momentum=0.9, nesterov=True), dict(lr=0.02, momentum=0.9, dampening=0.5), dict(lr=0.05, weight_decay=0.1),
         dict(lr=0.01, momentum=0.9, weight_decay=0.1, nesterov=True), dict(lr=0.0001, momentum=0.5, maximize=True)],
    Adam=[dict(), dict(lr=0.1), dict(lr=0.1, betas=(0.8, 0.9), eps=1e-3), dict(lr=0.1, weight_decay=0.1), dict(lr=0.1, amsgrad=True), dict(lr=0.1, amsgrad=True, weight_decay=0.1, maximize=True)],
    AdamW=[dict(), dict(lr=0.1), dict(lr=0.1, weight_decay=0.5), dict(lr=0.1, amsgrad=True)],
    RMSprop=[dict(), dict(lr=0.05, alpha=0.9), dict(lr=0.05, momentum=0.9), dict(lr=0.05, centered=True, momentum=0.5), dict(lr=0.05, weight_decay=0.1, eps=1e-3)],
    Adagrad=[dict(), dict(lr=0.5, lr_decay=0.1), dict(lr=0.5, weight_decay=0.1, initial_accumulator_value=0.5)],
    Adadelta=[dict(), dict(lr=0.5, rho=0.8, eps=1e-3), dict(weight_decay=0.1)],
    Adamax=[dict(), dict(lr=0.1, betas=(0.8, 0.9), weight_decay=0.1)],
    NAdam=[dict(), dict(lr=0.1, weight_decay=0.1), dict(lr=0.1, momentum_decay=0.1)],
    RAdam=[dict(), dict(lr=0.1), dict(lr=0.1, betas=(0.8, 0.9), weight_decay=0.1)],
    ASGD=[dict(), dict(lr=0.1, lambd=0.01, alpha=0.5, t0=5, weight_decay=0.1)],
    Rprop=[dict(), dict(lr=0.05, etas=(0.4, 1.3), step_sizes=(1e-4, 0.2))],
)
LBFGS = [dict(lr=0.5), dict(lr=1.0, max_iter=5, history_size=3), dict(line_search_fn="strong_wolfe"), dict(lr=1.0, max_iter=4, max_eval=6, line_search_fn="strong_wolfe")]
SCHEDULES = dict(
    StepLR=[dict(step_size=5), dict(step_size=3, gamma=0.5)],
    MultiStepLR=[dict(milestones=[3, 4, 15], gamma=0.5)],
    ConstantLR=[dict(factor=0.5, total_iters=4)],
    LinearLR=[dict(start_factor=0.25, total_iters=6), dict(start_factor=1.0, end_factor=0.1, total_iters=10)],
    ExponentialLR=[dict(gamma=0.9)],
    PolynomialLR=[dict(total_iters=10, power=2.0)],
    CosineAnnealingLR=[dict(T_max=10), dict(T_max=10, eta_min=0.01)],
    CosineAnnealingWarmRestarts=[dict(T_0=5), dict(T_0=3, T_mult=2, eta_min=0.01)],
    CyclicLR=[dict(base_lr=0.01, max_lr=0.1, step_size_up=4), dict(base_lr=0.01, max_lr=0.1, step_size_up=4, step_size_down=6, mode="triangular2"), dict(base_lr=0.01, max_lr=0.1, step_size_up=5, mode="exp_range", gamma=0.95)],
    OneCycleLR=[dict(max_lr=0.5, total_steps=25), dict(max_lr=0.5, epochs=5, steps_per_epoch=5, pct_start=0.4, anneal_strategy="linear", div_factor=10.0, final_div_factor=100.0),
                dict(max_lr=0.5, total_steps=25, three_phase=True), dict(max_lr=0.5, total_steps=25, cycle_momentum=False)],
)
PLATEAU = [dict(patience=2), dict(patience=0, factor=0.5), dict(patience=1, cooldown=2, threshold=0.1, threshold_mode="abs", min_lr=0.02), dict(mode="max", patience=2)]
METRICS = [1.0, 0.8, 0.7, 0.71, 0.72, 0.7, 0.69995, 0.7, 0.65, 0.66, 0.67, 0.68, 0.69, 0.7, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.5, 0.5, 0.5]


def loss(a, b):
    """Neither convex nor separable; all derivatives exist."""
    return (a ** 4).sum() / 4 + ((b @ a - 1) ** 2).sum() + (b * b).sum() / 8 + torch.sin(3 * b).sum() / 4


def generate():
    family = Family("optimizers")
    for name, settings in SETTINGS.items():
        form = dict(foreach=True) if name == "NAdam" else {}                 # the other form of 1.13 multiplies μ into the next product twice
        for arguments in settings: steps(family, name, lambda p, arguments=arguments, name=name, form=form: getattr(optim, name)(p, **arguments, **form), arguments)
    groups = [dict(lr=0.02), dict(lr=0.01, weight_decay=0.1)]
    steps(family, "SGD", lambda p: optim.SGD([g | dict(params=[x]) for g, x in zip(groups, p)], lr=1.0, momentum=0.9), dict(momentum=0.9, groups=groups))
    steps(family, "Adam", lambda p: optim.Adam([g | dict(params=[x]) for g, x in zip(groups, p)]), dict(groups=groups))
    for arguments in LBFGS: closures(family, arguments)

    family.write()
    family = Family("schedules")
    for name, settings in SCHEDULES.items():
        for arguments in settings: rates(family, name, arguments, lambda o: getattr(schedules, name)(o, **arguments))
    for arguments in PLATEAU: rates(family, "ReduceLROnPlateau", arguments, lambda o: schedules.ReduceLROnPlateau(o, **arguments), METRICS)
    rates(family, "LambdaLR", dict(says="0.95 ** epoch"), lambda o: schedules.LambdaLR(o, lambda epoch: 0.95 ** epoch))
    rates(family, "SequentialLR", dict(says="ConstantLR(0.1, 2) then ExponentialLR(0.9), milestone 4"),
          lambda o: schedules.SequentialLR(o, [schedules.ConstantLR(o, 0.1, 2), schedules.ExponentialLR(o, 0.9)], [4]))
    rates(family, "ChainedScheduler", dict(says="ConstantLR(0.1, 2) and ExponentialLR(0.9)"),
          lambda o: schedules.ChainedScheduler([schedules.ConstantLR(o, 0.1, 2), schedules.ExponentialLR(o, 0.9)]))
    family.write()


def label(arguments):
    return " ".join(words(plain(arguments))) or "defaults"


def start():
    return values(3, key="a").requires_grad_(), values(2, 3, key="b").requires_grad_()


def flat(tensors):
    return torch.cat([t.detach().reshape(-1) for t in tensors])


def steps(family, name, make, arguments):
    p = start()
    optimizer = make(list(p))
    params, grads, losses = [flat(p)], [], []
    for _ in range(20):
        optimizer.zero_grad()
        y = loss(*p)
        y.backward()
        grads.append(flat([x.grad for x in p]))
        losses.append(y.detach())
        optimizer.step()
        params.append(flat(p))
    family.add(f"{name}/{label(arguments)}", plain(arguments), dict(params=torch.stack(params), grads=torch.stack(grads), losses=torch.stack(losses)))


def closures(family, arguments):
    """LBFGS asks for the loss at points of its own; `evaluations` counts how often by the end of each step."""
    p = start()
    optimizer, params, losses, evaluations, count = optim.LBFGS(list(p), **arguments), [flat(p)], [], [], 0

    def closure():
        nonlocal count
        count += 1
        optimizer.zero_grad()
        y = loss(*p)
        y.backward()
        return y

    for _ in range(6):
        losses.append(optimizer.step(closure).detach())
        params.append(flat(p))
        evaluations.append(count)
    family.add(f"LBFGS/{label(arguments)}", plain(arguments), dict(params=torch.stack(params), losses=torch.stack(losses), evaluations=torch.tensor(evaluations)))


def rates(family, name, arguments, make, metrics=None):
    """rates[i] is the learning rate that step i uses (start 0.1); momenta likewise, from SGD with momentum 0.9."""
    optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, momentum=0.9)
    schedule, seen, momenta = make(optimizer), [], []
    for i in range(24):
        seen.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        schedule.step(*([metrics[i]] if metrics else []))
    arrays = dict(rates=torch.tensor(seen, dtype=torch.float64), momenta=torch.tensor(momenta, dtype=torch.float64))
    if metrics: arrays["metrics"] = torch.tensor(metrics, dtype=torch.float64)
    family.add(f"{name}/{label(arguments)}", plain(arguments), arrays)
