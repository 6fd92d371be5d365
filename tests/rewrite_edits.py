"""Edits of a module's syntax tree that keep what it means: other names, temporaries, places of scalars, precision.

The order of floating-point operations may change, the mathematics may not.  What is pure, a number or private is known
from the conventions of tests/rewrite_parts.py; these are no edits for any program.
"""

from __future__ import annotations

import ast
import builtins
import copy
import itertools
import keyword
import random
from collections.abc import Callable, Iterator
from typing import Any

PUBLIC_FUNCTIONS = (
    "sigmoid",
    "sigmoid_derivative",
    "relu",
    "relu_derivative",
    "mse_loss",
    "mse_loss_derivative",
    "numerical_gradient",
)
METHODS = ("forward", "backward", "update_weights", "train")
KEPT_PARAMETERS = {"epochs", "learning_rate"}  # handed in by name
PURE_BUILTINS = {"abs", "enumerate", "float", "int", "len", "list", "max", "range", "reversed", "sum", "tuple", "zip"}
PURE_METHODS = {
    "astype", "clamp", "copy", "dot", "double", "mean", "numel", "numpy", "ravel", "reshape", "sum", "tolist",
}  # fmt: skip
MODULES = {"np", "math", "torch"}
IMPURE = {"copyto", "random", "add.reduce", "nditer", "no_grad", "grad"}

Place = tuple[Any, str, int | None]  # node, field, and where in it if it is a list


def place_of(place: Place) -> Any:
    node, field, index = place
    return getattr(node, field) if index is None else getattr(node, field)[index]


def put(place: Place, value: Any) -> None:
    node, field, index = place
    if index is None:
        setattr(node, field, value)
    else:
        getattr(node, field)[index] = value


def name(text: str) -> ast.Name:
    return ast.Name(text, ast.Load())


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions of the module and the methods of its classes, not what is nested in them."""
    nodes = [each for node in tree.body for each in (node.body if isinstance(node, ast.ClassDef) else [node])]
    return [node for node in nodes if isinstance(node, ast.FunctionDef)]


def bodies(function: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements within."""
    for node in ast.walk(function):
        for field in ("body", "orelse", "finalbody"):
            value = getattr(node, field, None)
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield value


# ------------------------------------------------------------------------------------------------- what may be moved


def is_impure(node: ast.AST) -> bool:
    """Whether evaluating the node itself does something, or takes something that others change."""
    if isinstance(node, (ast.Yield, ast.YieldFrom, ast.NamedExpr)):
        return True
    if not isinstance(node, ast.Call):
        return False
    if any(word.arg == "out" for word in node.keywords):
        return True
    function = node.func
    if isinstance(function, ast.Name):
        is_pure = function.id in PURE_BUILTINS or function.id in PUBLIC_FUNCTIONS or function.id.startswith("_")
        return not is_pure
    if isinstance(function, ast.Attribute):
        text = ast.unparse(function)
        if text.partition(".")[0] in MODULES:
            return any(part in text for part in IMPURE)
        return function.attr not in PURE_METHODS
    return True


def evaluated_once(statement: ast.stmt) -> list[tuple[Place, list[ast.AST]]]:
    """The expressions that the statement evaluates just once and in any case, with what stands around each."""
    if any(isinstance(node, ast.NamedExpr) for node in ast.walk(statement)):
        return []
    found: list[tuple[Place, list[ast.AST]]] = []

    def visit(place: Place, around: list[ast.AST]) -> None:
        node = place_of(place)
        found.append((place, around))
        inner = [*around, node]
        fields: tuple[str, ...]
        match node:
            case ast.IfExp():
                fields = ("test",)
            case ast.BoolOp():
                visit((node, "values", 0), inner)
                return
            case ast.Compare():
                visit((node, "left", None), inner)
                visit((node, "comparators", 0), inner)
                return
            case ast.Lambda() | ast.ListComp() | ast.GeneratorExp() | ast.DictComp() | ast.SetComp() | ast.JoinedStr():
                return
            case _:
                fields = node._fields
        for field in fields:
            value = getattr(node, field, None)
            if isinstance(value, (ast.expr, ast.keyword)):
                visit((node, field, None), inner)
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, (ast.expr, ast.keyword)):
                        visit((node, field, index), inner)

    match statement:
        case ast.Assign() | ast.AugAssign() | ast.Return() | ast.Expr() if statement.value is not None:
            visit((statement, "value", None), [])
        case ast.For():
            visit((statement, "iter", None), [])
        case ast.If():
            visit((statement, "test", None), [])
    return found


def effects(statement: ast.stmt) -> set[int]:
    """What does something in the expressions of the statement, by identity."""
    head = statement.iter if isinstance(statement, ast.For) else statement
    head = statement.test if isinstance(statement, ast.If) else head
    return {id(node) for node in ast.walk(head) if is_impure(node)}


def is_value(place: Place, around: list[ast.AST]) -> bool:
    """Whether a temporary may hold it: neither a name nor a constant, nor a part of syntax."""
    node = place_of(place)
    if place[1] == "func" or (isinstance(around[-1] if around else None, ast.Attribute) and is_module(node)):
        return False
    if isinstance(node, ast.Attribute) and ast.unparse(node).partition(".")[0] in MODULES:
        return False
    if any(is_impure(inner) for inner in ast.walk(node)):
        return False
    if isinstance(node, ast.Tuple):
        return bool(around == []) and not any(isinstance(each, ast.Starred) for each in node.elts)
    return isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Call, ast.Attribute, ast.Subscript, ast.Compare)) and not (
        isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)
    )


def is_module(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in MODULES


# ---------------------------------------------------------------------------------------------------------- the edits


def split(tree: ast.Module, rng: random.Random, share: float) -> None:
    """Takes sub-expressions into temporaries, some of those again."""
    fresh = itertools.count()
    for function in functions(tree):
        for body in list(bodies(function)):
            index = 0
            while index < len(body):
                statement = body[index]
                places = splittable(statement) if rng.random() < share else []
                if places:
                    place = rng.choice(places)
                    temporary = f"part{next(fresh)}"
                    body.insert(index, ast.Assign([ast.Name(temporary, ast.Store())], place_of(place)))
                    put(place, name(temporary))
                    share *= 0.99  # comes to an end
                else:
                    index += 1


def splittable(statement: ast.stmt) -> list[Place]:
    """What may be computed before the statement: all that does something in it comes after."""
    doing = effects(statement)
    return [
        place
        for place, around in evaluated_once(statement)
        if is_value(place, around)
        and doing <= {id(node) for node in around}
        and not (place[0] is statement and is_named(statement))
    ]


def is_named(statement: ast.stmt) -> bool:
    """Whether what it computes has a name already."""
    return isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)


def fuse(tree: ast.Module, rng: random.Random, share: float) -> None:
    """Puts what a temporary holds where it is used, if that is once and in the next statement."""
    for function in functions(tree):
        for body in bodies(function):
            index = 0
            while index + 1 < len(body):
                if rng.random() < share and fused(function, body[index], body[index + 1]):
                    del body[index]
                    index = max(0, index - 1)
                else:
                    index += 1


def fused(function: ast.FunctionDef, first: ast.stmt, second: ast.stmt) -> bool:
    match first:
        case ast.Assign([ast.Name(temporary)], value) if not any(map(is_impure, ast.walk(value))):
            pass
        case _:
            return False
    uses = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == temporary]
    if len(uses) != 2 or any(isinstance(node, ast.Nonlocal) for node in ast.walk(function)):
        return False
    for place, around in evaluated_once(second):
        node = place_of(place)
        is_use = isinstance(node, ast.Name) and node.id == temporary
        if is_use and effects(second) <= {id(each) for each in around}:
            put(place, value)
            return True
    return False


def is_scalar(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value):
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case ast.Name(text):
            return text in {"m", "n", "h", "k"} or text.startswith("c_")
        case ast.Attribute(_, text):
            return text in {"size", "learning_rate"}
        case ast.Subscript(ast.Attribute(_, "shape"), ast.Constant()):
            return True
        case ast.Call(ast.Name("len"), _):
            return True
        case ast.Call(ast.Attribute(_, "numel"), []):
            return True
        case ast.UnaryOp(ast.USub(), operand):
            return is_scalar(operand)
        case ast.BinOp(left, ast.Add() | ast.Sub() | ast.Mult() | ast.Div(), right):
            return is_scalar(left) and is_scalar(right)
    return False


def is_sequence(node: ast.AST) -> bool:
    """Whether + and * may mean what they do with lists and texts."""
    return isinstance(node, (ast.List, ast.Tuple, ast.ListComp, ast.JoinedStr)) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def factors(node: ast.expr, above: list[ast.expr], below: list[ast.expr]) -> ast.expr | None:
    """What is left of a product without its scalars, which are put into the lists; None if nothing is."""
    if is_scalar(node):
        above.append(node)
        return None
    match node:
        case ast.UnaryOp(ast.USub(), operand):
            above.append(ast.UnaryOp(ast.USub(), ast.Constant(1)))
            return factors(operand, above, below)
        case ast.BinOp(left, ast.Div(), right) if is_scalar(right) and not is_scalar(left):
            below.append(right)
            return factors(left, above, below)
        case ast.BinOp(left, ast.Mult() | ast.MatMult(), right):
            rests = [factors(left, above, below), factors(right, above, below)]
            kept = [rest for rest in rests if rest is not None]
            return ast.BinOp(kept[0], node.op, kept[1]) if len(kept) == 2 else kept[0]
    return node


def times(node: ast.expr, scalar: ast.expr, is_above: bool, rng: random.Random) -> ast.expr:
    if is_above:
        pair = [node, scalar]
        rng.shuffle(pair)
        return ast.BinOp(pair[0], ast.Mult(), pair[1])
    inverse = ast.BinOp(ast.Constant(1), ast.Div(), scalar)
    return rng.choice(
        [
            ast.BinOp(node, ast.Div(), scalar),
            ast.BinOp(node, ast.Mult(), inverse),
            ast.BinOp(inverse, ast.Mult(), node),
        ]
    )


def scattered(core: ast.expr, scalars: list[tuple[ast.expr, bool]], rng: random.Random) -> ast.expr:
    """The product with each scalar at some place of it."""
    holder = ast.Expr(core)
    for scalar, is_above in scalars:
        places: list[Place] = [(holder, "value", None)]
        for place in places:
            node = place_of(place)
            match node:
                case ast.BinOp(_, ast.Mult() | ast.MatMult(), _) if not is_scalar(node):
                    places += [(node, side, None) for side in ("left", "right") if not is_scalar(getattr(node, side))]
        place = rng.choice(places)
        put(place, times(place_of(place), scalar, is_above, rng))
    return holder.value


class MovedScalars(ast.NodeTransformer):
    """Moves the scalars of products to other places in them."""

    def __init__(self, rng: random.Random, share: float) -> None:
        self.rng, self.share = rng, share

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        return self.moved(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        return self.moved(node)

    def moved(self, node: ast.expr) -> ast.expr:
        if self.rng.random() < self.share and not any(is_sequence(inner) for inner in ast.walk(node)):
            above: list[ast.expr] = []
            below: list[ast.expr] = []
            core = factors(node, above, below)
            if core is not None and core is not node and (above or below):
                scalars = [(each, True) for each in above] + [(each, False) for each in below]
                if above and below and self.rng.random() < 0.4:
                    scalars = [(ast.BinOp(above[0], ast.Div(), below[0]), True)]
                    scalars += [(each, True) for each in above[1:]] + [(each, False) for each in below[1:]]
                self.rng.shuffle(scalars)
                node = scattered(core, copy.deepcopy(scalars), self.rng)
        self.generic_visit(node)
        return node


class Swapped(ast.NodeTransformer):
    """Swaps the operands of + and *, and writes a - b as -(b - a) or -b + a."""

    def __init__(self, rng: random.Random, share: float) -> None:
        self.rng, self.share = rng, share

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        self.generic_visit(node)
        left, right = node.left, node.right
        if is_sequence(left) or is_sequence(right) or self.rng.random() >= self.share:
            return node
        if any(is_impure(inner) for inner in ast.walk(left)) and any(is_impure(inner) for inner in ast.walk(right)):
            return node
        if isinstance(node.op, (ast.Add, ast.Mult)):
            return ast.BinOp(right, node.op, left)
        if isinstance(node.op, ast.Sub) and self.rng.random() < 0.4:
            if self.rng.random() < 0.5:
                return ast.UnaryOp(ast.USub(), ast.BinOp(right, ast.Sub(), left))
            return ast.BinOp(ast.UnaryOp(ast.USub(), right), ast.Add(), left)
        return node


def to_float32(tree: ast.Module) -> None:
    """Computes everything in float32, but for the numerical gradient, which must not be."""
    for function in functions(tree):
        if function.name in ("numerical_gradient", "__init__"):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and node.attr == "float64":
                node.attr = "float32"
        given = [each.arg for each in function.args.args if each.arg not in KEPT_PARAMETERS | {"self"}]
        casts = []
        if function.name in PUBLIC_FUNCTIONS or function.name in METHODS:
            casts = [f"{each} = np.asarray({each}, np.float32)" for each in given]
        if function.name in ("forward", "update_weights"):
            casts += [f"self.{each} = np.asarray(self.{each}, np.float32)" for each in ("W1", "b1", "W2", "b2")]
        if function.args.vararg:
            every = function.args.vararg.arg
            casts.append(f"{every} = [np.asarray(g, np.float32) for g in {every}]")
        function.body[:0] = ast.parse("\n".join(casts)).body
    for node in tree.body:
        # Functions written as lambdas take anything; what they get is cast before.
        match node:
            case ast.Assign([ast.Name(text)], ast.Lambda() as value) if text in PUBLIC_FUNCTIONS:
                for place in ast.walk(value):
                    if isinstance(place, ast.Attribute) and place.attr == "float64":
                        place.attr = "float32"
                names = [each.arg for each in value.args.args]
                cast = ast.parse(f"lambda: f({', '.join(f'np.asarray({each}, np.float32)' for each in names)})")
                call: Any = cast.body[0]
                call = call.value.body
                call.func = copy.deepcopy(value)
                value.body = call


def to_function(tree: ast.Module, rng: random.Random, share: float) -> None:
    """Makes functions of methods, which the methods call or are."""
    network = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "SimpleNeuralNetwork")
    for index, method in enumerate(network.body):
        if not isinstance(method, ast.FunctionDef) or method.name not in METHODS or rng.random() >= share:
            continue
        where = tree.body.index(network)
        function = copy.deepcopy(method)
        function.name = f"_{method.name}_of"
        if rng.random() < 0.3:
            after = ast.parse(f"{network.name}.{method.name} = {function.name}").body
            tree.body[where + 1 : where + 1] = [function, *after]
            network.body[index] = ast.Pass()
            continue
        arguments: list[ast.expr] = [name(each.arg) for each in method.args.args]
        if method.args.vararg:
            arguments.append(ast.Starred(name(method.args.vararg.arg), ast.Load()))
        method.body = [ast.Return(ast.Call(name(function.name), arguments, []))]
        tree.body.insert(where + rng.randrange(2), function)


# ----------------------------------------------------------------------------------------------------------- the names

WORDS = (
    "grad", "delta", "err", "weight", "layer", "hidden", "output", "back", "chain", "slope", "upstream",
    "signal", "node", "tmp", "val", "acc", "net", "batch", "sum_of", "new", "old",
)  # fmt: skip
FOREIGN = (
    "größe", "fehler", "gewicht", "ableitung", "señal", "capa", "ошибка", "вес", "слой", "градиент", "梯度", "误差",
    "权重", "層", "勾配", "erreur", "poids", "pente",
)  # fmt: skip
GREEK = "αβγδζηθλμνξπρστφχψω"
MISLEADING = (
    "dW1", "db1", "dW2", "db2", "dz1", "dz2", "da1", "da2", "z1", "z2", "a1", "a2", "W1", "W2", "b1", "b2",
    "y_pred", "y_true", "y", "x", "X", "m", "n", "k", "loss", "error", "grad", "delta", "wrong", "output",
    "expected", "target", "s", "t", "e", "w", "lr", "m2", "dX", "dy",
)  # fmt: skip
STYLES: dict[str, Callable[[random.Random, int], str]] = {
    "greek": lambda rng, i: rng.choice(GREEK) + rng.choice(["", str(i), "_" + rng.choice("ijk")]),
    "camel": lambda rng, i: rng.choice(WORDS).replace("_", "") + rng.choice(WORDS).title().replace("_", "") + rng.choice(["", str(i)]),
    "snake": lambda rng, i: "_".join(rng.sample(WORDS, rng.randint(1, 3))) + rng.choice(["", f"_{i}"]),
    "letters": lambda rng, i: rng.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") + ("" if i < 20 else str(i)),
    "numbered": lambda rng, i: rng.choice(["v", "tmp", "t_", "var", "q"]) + str(i),
    "foreign": lambda rng, i: rng.choice(FOREIGN) + rng.choice(["", str(i)]),
    "misleading": lambda rng, i: rng.choice(MISLEADING) + ("" if i < 20 else str(i)),
}  # fmt: skip


class Renamed(ast.NodeTransformer):
    """Other names by a table for what is local or private, texts that are private names included."""

    def __init__(self, table: dict[str, str]) -> None:
        self.table = table

    def visit(self, node: ast.AST) -> Any:
        self.generic_visit(node)
        match node:
            case ast.Name():
                node.id = self.table.get(node.id, node.id)
            case ast.arg():
                node.arg = self.table.get(node.arg, node.arg)
            case ast.FunctionDef():
                node.name = self.table.get(node.name, node.name)
            case ast.Attribute() if node.attr.startswith("_"):
                node.attr = self.table.get(node.attr, node.attr)
            case ast.Constant(str(text)) if text.startswith("_"):
                node.value = self.table.get(text, text)
            case ast.Nonlocal():
                node.names = [self.table.get(each, each) for each in node.names]
        return node


def rename(tree: ast.Module, rng: random.Random, style: str, parameters: bool) -> None:
    """Gives locals and private names others, in one of STYLES, or ("permuted") those of their function shuffled.

    Args:
      parameters: whether the functions' parameters, too.
    """
    everywhere = {
        node.id if isinstance(node, ast.Name) else node.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Name, ast.FunctionDef, ast.ClassDef))
    }
    private = sorted(
        {each for each in everywhere if is_private(each)}
        | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_private(node.attr)}
    )
    public = {*PUBLIC_FUNCTIONS, *METHODS, *MODULES, "SimpleNeuralNetwork", "W1", "b1", "W2", "b2", "learning_rate"}
    reserved = public | set(dir(builtins)) | set(keyword.kwlist) | {"z1", "a1", "z2", "a2", "numpy", "xp"}
    table: dict[str, str] = {}
    named = style if style in STYLES else rng.choice(["camel", "snake"])
    for each in private:
        table[each] = "_" + fresh_name(rng, named, {*reserved, *(text[1:] for text in table.values())})
    Renamed(table).visit(tree)
    scopes: list[ast.AST] = [*functions(tree)]
    scopes += [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)]
    for scope in scopes:
        local = locals_of(scope)
        own = scope.args.args if isinstance(scope, ast.FunctionDef) else []
        fixed = set(KEPT_PARAMETERS)
        if isinstance(scope, ast.FunctionDef) and scope.name == "numerical_gradient":
            fixed.add("h")
        if not parameters:
            fixed |= {each.arg for each in own}
        free = sorted(local - fixed)
        taken = reserved - {"W1", "b1", "W2", "b2", "z1", "a1", "z2", "a2"} | (local & fixed) | set(table.values())
        if style == "permuted":
            others = rng.sample(free, len(free))
        else:
            others = []
            for _ in free:
                others.append(fresh_name(rng, named, taken | set(others)))
        inside = dict(zip(free, others, strict=True))
        before = scope.name if isinstance(scope, ast.FunctionDef) else ""
        if isinstance(scope, ast.Assign):
            Renamed(inside).visit(scope.value)
        else:
            Renamed(inside).visit(scope)
        if isinstance(scope, ast.FunctionDef):
            scope.name = before


def is_private(text: str) -> bool:
    return text.startswith("_") and not text.startswith("__") and text != "_"


def locals_of(scope: ast.AST) -> set[str]:
    """Names that the scope or what is nested in it binds."""
    found = {node.arg for node in ast.walk(scope) if isinstance(node, ast.arg)}
    inner = scope.value if isinstance(scope, ast.Assign) else scope
    for node in ast.walk(inner):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        if isinstance(node, ast.FunctionDef) and node is not scope:
            found.add(node.name)
    return found - {"_"}


def fresh_name(rng: random.Random, style: str, taken: set[str]) -> str:
    for number in itertools.count():
        found = STYLES[style](rng, number)
        if found not in taken:
            return found
    raise AssertionError("unreachable")


def shape_of(text: str) -> str:
    """The syntax tree as text, with names in the order in which they come."""
    order: dict[str, str] = {}

    def number(word: str) -> str:
        return order.setdefault(word, f"n{len(order)}")

    tree = ast.parse(text)
    for node in ast.walk(tree):
        for field in ("id", "arg", "name", "attr"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                setattr(node, field, number(value))
    return ast.dump(tree)
